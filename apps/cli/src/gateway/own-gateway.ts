import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'
import { CommandFailure, stopped } from '../command-failure.ts'
import { modelsFolder, repositoryRoot } from '../environment.ts'
import type { Environment } from '../environment.ts'
import type { GatewayAddress } from './gateway-address.ts'

/** What a gateway of one's own is started with. */
export interface OwnGatewayOptions {
  readonly environment: Environment
  /** Variables over those of the environment; `undefined` takes one away. */
  readonly settings?: Environment
  readonly signal: AbortSignal
  /** Told of lines the gateway writes for people, such as warnings about settings. */
  readonly onLine: (line: string) => void
}

/** A gateway as a child process. Disposing it ends it and removes its data. */
export interface OwnGateway extends GatewayAddress, AsyncDisposable {
  readonly pid: number | undefined
  /** Resolves when the process has ended, by itself or not. */
  readonly ended: Promise<void>
}

const gatewayMain = join(repositoryRoot, 'apps', 'gateway', 'src', 'main.ts')
const endWithParent = pathToFileURL(join(import.meta.dirname, 'end-with-parent.ts')).href

/** How long a gateway that was told to end may take before it is killed (ms). */
const endTimeoutMs = 8000

/**
 * Starts a gateway that keeps nothing, on a free port of this machine, with a key nobody else knows. Resolves when
 * it listens; rejects with a `CommandFailure` that repeats the gateway's own words.
 */
export async function startGateway({
  environment,
  settings = {},
  signal,
  onLine,
}: OwnGatewayOptions): Promise<OwnGateway> {
  const dataDir = await mkdtemp(join(tmpdir(), 'parley-'))
  const key = randomBytes(24).toString('base64url')
  const child = spawn(process.execPath, ['--import', endWithParent, gatewayMain], {
    // A Ctrl-C of the terminal is for the command line, which ends the gateway when it is done.
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: {
      ...environment,
      PARLEY_MODELS_DIR: modelsFolder(environment),
      PARLEY_DATA_DIR: dataDir,
      PARLEY_STORE: 'memory',
      PARLEY_DATABASE_URL: '',
      PARLEY_HOST: '127.0.0.1',
      PARLEY_PORT: '0',
      PARLEY_KEY: key,
      PARLEY_TLS_CERT: '',
      PARLEY_TLS_KEY: '',
      PARLEY_LOG_LEVEL: 'silent',
      ...settings,
    },
  })
  const exited = once(child, 'exit').then(
    () => undefined,
    () => undefined,
  )
  const dispose = async (): Promise<void> => {
    await end(child, exited)
    await rm(dataDir, { recursive: true, force: true })
  }
  try {
    const url = await listening(child, { signal, onLine })
    return { url, key, pid: child.pid, ended: exited, [Symbol.asyncDispose]: dispose }
  } catch (error) {
    await dispose()
    throw error
  }
}

/** Resolves with the address a gateway prints. */
async function listening(
  child: ChildProcess,
  { signal, onLine }: Pick<OwnGatewayOptions, 'signal' | 'onLine'>,
): Promise<string> {
  const { stdout, stderr } = child
  if (stdout === null || stderr === null) throw new Error('The gateway has no pipes.')
  const started = Promise.withResolvers<string>()
  const lines: string[] = []
  createInterface({ input: stderr }).on('line', (line) => {
    lines.push(line)
    onLine(line)
  })
  createInterface({ input: stdout }).on('line', (line) => {
    const url = /^gateway: (\S+)$/.exec(line)?.[1]
    if (url !== undefined) started.resolve(url)
  })
  child.once('error', (cause) =>
    started.reject(new CommandFailure(`The gateway did not start: ${cause.message}`, undefined, { cause })),
  )
  // `close` comes after the last line of the pipes.
  child.once('close', () => {
    const reason = lines.length === 0 ? 'It said nothing.' : 'Its reason is above.'
    started.reject(new CommandFailure(`The gateway did not start. ${reason}`))
  })
  const abort = (): void => started.reject(stopped())
  signal.addEventListener('abort', abort, { once: true })
  if (signal.aborted) abort()
  try {
    return await started.promise
  } finally {
    signal.removeEventListener('abort', abort)
  }
}

async function end(child: ChildProcess, exited: Promise<void>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return
  if (child.connected) child.disconnect()
  else child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), endTimeoutMs)
  await exited
  clearTimeout(timer)
}
