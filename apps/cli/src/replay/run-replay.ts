import { copyFile, mkdtemp, open, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { openCassettes } from '@parley/core/cassette'
import * as z from 'zod'
import { CommandFailure, messageOf, usageError } from '../command-failure.ts'
import { modelsFolder } from '../environment.ts'
import type { Environment } from '../environment.ts'
import { startGateway } from '../gateway/own-gateway.ts'
import { print, tell } from '../terminal/terminal.ts'

/** What is served, and how. */
export interface ReplayRequest {
  /** A cassette or a folder of them. */
  readonly path: string
  /** 1 is the recorded pace. */
  readonly speed: number
  /** 0 for any free one. */
  readonly port: number
  readonly key: string | undefined
  readonly environment: Environment
  /** Ends the gateway. */
  readonly signal: AbortSignal
}

const ending = '.ndjson'

/** What is shown of the first line of a cassette; the gateway checks all of it. */
const Header = z.object({
  format: z.string().startsWith('parley.cassette/'),
  title: z.string().optional(),
  recordedAt: z.string(),
  backend: z.string(),
})

/** Serves cassettes until the signal aborts. Rejects with a usage error when there are none. */
export async function runReplay({
  path,
  speed,
  port,
  key,
  environment,
  signal,
}: ReplayRequest): Promise<void> {
  await using folder = await cassetteFolder(path)
  const cassettes = await cassettesIn(folder.path)
  if (cassettes.length === 0) throw usageError(`There is no cassette (*${ending}) in ${path}.`)
  await using gateway = await startGateway({
    environment: withoutOwnSettings(environment),
    settings: {
      PARLEY_CASSETTES_DIR: folder.path,
      PARLEY_RECORD: 'off',
      PARLEY_DEFAULT_BACKEND: 'replay',
      PARLEY_PORT: String(port),
      PARLEY_KEY: key ?? '',
    },
    signal,
    onLine: tell,
  })
  print(`gateway: ${gateway.url}`)
  const address = `${gateway.url.replace(/^http/, 'ws')}/v1/realtime?backend=replay&model=`
  const pace = speed === 1 ? '' : `@${speed}`
  for (const { id, title, recordedAt, backend, isWhole } of cassettes) {
    print(`${id}: ${title ?? 'untitled'}, ${backend}, recorded ${recordedAt}`)
    if (!isWhole) print('  cut off: the recording did not come to its end, and plays as far as it goes')
    print(`  ${address}${encodeURIComponent(id)}${pace}`)
  }
  tell(
    `Connect with any client of OpenAI Realtime${key === undefined ? '' : ' and the key'}, or with "parley talk --gateway ${gateway.url} --backend ${`replay/${cassettes[0]?.id}${pace}`}". Ctrl-C ends.`,
  )
  const stopped = Promise.withResolvers<void>()
  signal.addEventListener('abort', () => stopped.resolve(), { once: true })
  if (signal.aborted) stopped.resolve()
  await Promise.race([
    stopped.promise,
    gateway.ended.then(() => {
      throw new CommandFailure('The gateway ended by itself.')
    }),
  ])
}

/** The folder itself, or a new one with nothing but the file in it, which is removed in the end. */
async function cassetteFolder(path: string): Promise<{ readonly path: string } & AsyncDisposable> {
  const found = await stat(path).catch((error: unknown) => {
    throw usageError(`${path} cannot be read: ${messageOf(error)}`)
  })
  if (found.isDirectory()) return { path: resolve(path), [Symbol.asyncDispose]: async () => undefined }
  const folder = await mkdtemp(join(tmpdir(), 'parley-replay-'))
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true })
  // A cassette is known by the name of its file, which has to be an id.
  const id =
    basename(path, ending)
      .replaceAll(/[^\w-]+/g, '-')
      .replace(/^[-_]+/, '')
      .slice(0, 64) || 'cassette'
  try {
    await headerOf(path)
    await copyFile(path, join(folder, id + ending))
  } catch (error) {
    await remove()
    throw error
  }
  return { path: folder, [Symbol.asyncDispose]: remove }
}

type ListedCassette = z.infer<typeof Header> & {
  /** The name of its file. */
  readonly id: string
  /** The recording came to its end. */
  readonly isWhole: boolean
}

/** What is in a folder, by name. */
export async function cassettesIn(folder: string): Promise<readonly ListedCassette[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith(ending)).toSorted()
  const summaries = await openCassettes({ directory: folder, maxBytes: Number.POSITIVE_INFINITY }).list()
  return Promise.all(
    files.map(async (file) => {
      const id = basename(file, ending)
      const isWhole = summaries.some((summary) => summary.id === id && summary.complete)
      return { ...(await headerOf(join(folder, file))), id, isWhole }
    }),
  )
}

async function headerOf(path: string): Promise<z.infer<typeof Header>> {
  try {
    await using file = await open(path)
    for await (const line of file.readLines()) return Header.parse(JSON.parse(line))
    throw new Error('it is empty')
  } catch {
    throw usageError(`${path} is no cassette: its first line is not the header of one.`)
  }
}

/** No backend of the environment is served beside the cassettes. */
function withoutOwnSettings(environment: Environment): Environment {
  const others = Object.entries(environment).filter(([name]) => !name.startsWith('PARLEY_'))
  return { ...Object.fromEntries(others), PARLEY_MODELS_DIR: modelsFolder(environment) }
}
