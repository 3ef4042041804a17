import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout } from 'node:timers/promises'

const web = join(import.meta.dirname, '..')
const gatewayMain = join(web, '../gateway/src/main.ts')
const next = join(web, 'node_modules/next/dist/bin/next')

/** A server as a process of its own on loopback. */
export interface Server extends AsyncDisposable {
  /** Origin without a slash at the end. */
  readonly url: string
  /** Ends the process as a crash would: without a chance to clean up. */
  kill(): Promise<void>
  /** Asks the process to end, and waits until it has. */
  stop(): Promise<void>
}

/** Gateway and built playground, joined, with an empty data folder that is removed at the end. */
export interface Stack extends AsyncDisposable {
  readonly gatewayUrl: string
  readonly url: string
  killGateway(): Promise<void>
  /** Ends it as an update does: it takes leave of its sessions. */
  stopGateway(): Promise<void>
  /** Starts the gateway again at the same address over the same data. */
  restartGateway(): Promise<void>
}

/** Settings of the gateway beyond those every test needs. */
export type GatewaySettings = Readonly<Record<string, string>>

/** Starts both; resolves when both answer and the engines are ready. */
export async function startStack(settings: GatewaySettings = {}): Promise<Stack> {
  if (!existsSync(join(web, '.next', 'BUILD_ID'))) throw new Error('Build the playground first: pnpm build')
  const dataDir = await mkdtemp(join(tmpdir(), 'parley-e2e-'))
  let gateway = await startGateway(dataDir, 0, settings)
  const { url: gatewayUrl } = gateway
  const playground = await startServer(
    [next, 'start', '--port', '0', '--hostname', '127.0.0.1'],
    {
      PARLEY_GATEWAY_URL: gatewayUrl,
      PARLEY_KEY: settings['PARLEY_KEY'] ?? '',
      NEXT_TELEMETRY_DISABLED: '1',
    },
    /Local:\s+(http:\S+)/,
  ).catch(async (error: unknown) => {
    await gateway[Symbol.asyncDispose]()
    throw error
  })
  return {
    gatewayUrl,
    url: playground.url,
    killGateway: () => gateway.kill(),
    stopGateway: () => gateway.stop(),
    async restartGateway() {
      gateway = await startGateway(dataDir, Number(new URL(gatewayUrl).port), settings)
    },
    async [Symbol.asyncDispose]() {
      await using stack = new AsyncDisposableStack()
      stack.defer(() => rm(dataDir, { recursive: true, force: true }))
      stack.use(gateway)
      stack.use(playground)
    },
  }
}

async function startGateway(dataDir: string, port: number, settings: GatewaySettings): Promise<Server> {
  const server = await startServer(
    [gatewayMain],
    { PARLEY_PORT: String(port), PARLEY_DATA_DIR: dataDir, PARLEY_LOG_LEVEL: 'error', ...settings },
    /^gateway: (\S+)$/,
  )
  const deadline = AbortSignal.timeout(55_000)
  while (!(await isReady(server.url))) await setTimeout(50, undefined, { signal: deadline })
  return server
}

async function isReady(url: string): Promise<boolean> {
  const response = await fetch(`${url}/readyz`)
  await response.body?.cancel()
  return response.ok
}

/** Runs a Node script until it prints its address. */
async function startServer(
  command: readonly string[],
  settings: Readonly<Record<string, string>>,
  address: RegExp,
): Promise<Server> {
  const child = spawn(process.execPath, command, {
    cwd: web,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { NODE_ENV: 'production', PATH: dirname(process.execPath), ...settings },
  })
  const exited = once(child, 'exit')
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    child.kill(signal)
    await exited
  }
  for await (const line of createInterface({ input: child.stdout })) {
    const url = address.exec(line)?.[1]
    if (!url) continue
    // What it says later must not fill the pipe.
    child.stdout.resume()
    const stop = (): Promise<void> => end('SIGTERM')
    return { url, kill: () => end('SIGKILL'), stop, [Symbol.asyncDispose]: stop }
  }
  throw new Error(`${command[0]} ended before it answered.`)
}
