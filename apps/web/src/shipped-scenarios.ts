import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'

/** A scenario's file. */
export interface ScenarioFile {
  /** The file's name without its ending. */
  readonly name: string
  /** The YAML. */
  readonly text: string
}

/** The page is started in its own folder, in the clone the scenarios ship with. */
const shipped = join(
  /* turbopackIgnore: true */ process.cwd(),
  '..',
  '..',
  'packages',
  'compare',
  'scenarios',
)

/** Every scenario that ships, by name; none where the folder is missing. */
export async function shippedScenarios(folder = shipped): Promise<readonly ScenarioFile[]> {
  const files = await readdir(/* turbopackIgnore: true */ folder).catch(() => [])
  const names = files.filter((file) => file.endsWith('.yaml')).toSorted()
  return Promise.all(
    names.map(async (file) => ({
      name: file.slice(0, -'.yaml'.length),
      text: await readFile(join(/* turbopackIgnore: true */ folder, file), 'utf8'),
    })),
  )
}

/** A WAV file beside the scenarios; `undefined` where there is none or the path leaves the folder. */
export async function scenarioSound(
  path: readonly string[],
  folder = shipped,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  if (!path.every((part) => /^[\w-][\w.-]*$/.test(part)) || !path.at(-1)?.endsWith('.wav')) return undefined
  try {
    return new Uint8Array(await readFile(join(/* turbopackIgnore: true */ folder, ...path)))
  } catch {
    return undefined
  }
}
