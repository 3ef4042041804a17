import { access, constants, stat, writeFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { CommandFailure, messageOf, usageError } from './command-failure.ts'
import { tell } from './terminal/terminal.ts'

/** Something a command will write when its work is done. */
export interface OutputPath {
  /** As it is typed, such as `--report`. */
  readonly option: string
  /** `undefined` when it was not asked for, `-` for standard output. */
  readonly path: string | undefined
  /** A folder is made where it is missing. */
  readonly kind: 'file' | 'folder'
}

/** Looks before the work begins whether everything can be written. Rejects with a usage error that names the option. */
export async function checkOutputPaths(outputs: readonly OutputPath[]): Promise<void> {
  const seen = new Map<string, string>()
  for (const { option, path, kind } of outputs) {
    if (path === undefined || path === '-') continue
    const other = seen.get(resolve(path))
    if (other !== undefined) throw usageError(`${other} and ${option} are the same file, ${path}.`)
    seen.set(resolve(path), option)
    const obstacle = kind === 'file' ? await fileObstacle(path) : await folderObstacle(resolve(path))
    if (obstacle !== undefined) throw usageError(`${option}: ${path} cannot be written: ${obstacle}.`)
  }
}

async function fileObstacle(path: string): Promise<string | undefined> {
  const found = await stat(path).catch(() => undefined)
  if (found?.isDirectory() === true) return 'it is a folder'
  if (found !== undefined) return refusalOf(path)
  const folder = dirname(resolve(path))
  const around = await stat(folder).catch(() => undefined)
  if (around === undefined) return `its folder ${folder} is not there`
  return around.isDirectory() ? refusalOf(folder) : `${folder} is no folder`
}

/** Looks at the folder, or at the nearest one above it that is there. */
async function folderObstacle(folder: string): Promise<string | undefined> {
  const found = await stat(folder).catch(() => undefined)
  if (found !== undefined) return found.isDirectory() ? refusalOf(folder) : `${folder} is no folder`
  return dirname(folder) === folder ? `${folder} is not there` : folderObstacle(dirname(folder))
}

async function refusalOf(path: string): Promise<string | undefined> {
  return access(path, constants.W_OK).then(
    () => undefined,
    (error: unknown) => messageOf(error),
  )
}

/** Writes a file and says so. Rejects with a `CommandFailure` that names it. */
export async function writeOutput(path: string, content: string | Uint8Array): Promise<void> {
  try {
    await writeFile(path, content)
  } catch (cause) {
    throw new CommandFailure(`${path} cannot be written: ${messageOf(cause)}`, undefined, { cause })
  }
  tell(`wrote ${path}`)
}
