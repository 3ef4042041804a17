import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { findProgram, realtimeUpstream, startPostgres, startRedis } from '@parley/core/testing'
import { compose, composeSettings, deploymentFile } from './deployment-files.ts'
import { GatewayProcess, dataDir } from './gateway-process.ts'

/** What compose.yaml starts, without containers: the same settings, the same balancer, real servers. */
export interface ComposeTopology extends AsyncDisposable {
  /** Address of the load balancer. */
  readonly url: string
  readonly gateways: readonly { readonly process: GatewayProcess; readonly url: string }[]
  readonly key: string
  /** How many gateways the balancer sends calls to. */
  readonly inService: () => Promise<number>
}

/** Path of HAProxy, `undefined` without it. */
export const haproxy = findProgram(['haproxy'])

const upstreamKey = 'key-of-the-service'

/** Starts PostgreSQL, Redis, a scripted backend, the gateways of the Compose file, and HAProxy before them. */
export async function startComposeTopology(): Promise<ComposeTopology> {
  const stack = new AsyncDisposableStack()
  try {
    const [postgres, redis, upstream] = await Promise.all([
      startPostgres(),
      startRedis(),
      realtimeUpstream('openai', { key: upstreamKey }),
    ])
    stack.use(postgres)
    stack.use(redis)
    stack.use(upstream)
    const services = Object.keys(compose.services).filter((name) => name.startsWith('gateway-'))
    const gateways = await Promise.all(
      services.map(async (service) => {
        const port = await freePort()
        const gateway = stack.use(
          new GatewayProcess({
            ...composeSettings(service),
            PARLEY_PORT: String(port),
            PARLEY_DATA_DIR: dataDir(),
            PARLEY_DATABASE_URL: postgres.url,
            PARLEY_REDIS_URL: redis.url,
            PARLEY_REPLICA_URL: `http://127.0.0.1:${port}`,
            PARLEY_OPENAI_URL: `${upstream.url}/v1`,
            PARLEY_OPENAI_KEY: upstreamKey,
            PARLEY_DEFAULT_BACKEND: 'openai',
          }),
        )
        return { process: gateway, url: await gateway.url(), service }
      }),
    )
    await Promise.all(gateways.map(({ process: gateway }) => gateway.logged('engines are ready')))
    const addresses = new Map(gateways.map(({ service, url }) => [service, new URL(url).host]))
    const balancer = stack.use(await startBalancer(addresses))
    const { PARLEY_KEY: key = '' } = composeSettings('gateway-1')
    return { ...balancer, gateways, key, [Symbol.asyncDispose]: () => stack.disposeAsync() }
  } catch (error) {
    await stack.disposeAsync()
    throw error
  }
}

async function startBalancer(
  addresses: ReadonlyMap<string, string>,
): Promise<AsyncDisposable & Pick<ComposeTopology, 'url' | 'inService'>> {
  if (haproxy === undefined) throw new Error('There is no HAProxy: install haproxy.')
  const port = await freePort()
  const folder = mkdtempSync(join(tmpdir(), 'parley-balancer-'))
  const path = join(folder, 'haproxy.cfg')
  const statistics = join(folder, 'statistics')
  writeFileSync(path, balancerConfig(addresses, { port, statistics }))
  const child = spawn(haproxy, ['-db', '-f', path], { stdio: ['ignore', 'ignore', 'pipe'] })
  const exited = once(child, 'exit')
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
  while ((await gatewaysUp(statistics)) < addresses.size) {
    if (child.exitCode !== null) throw new Error(`HAProxy ended: ${said}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return {
    url: `http://127.0.0.1:${port}`,
    inService: () => gatewaysUp(statistics),
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL')
      await exited
      rmSync(folder, { recursive: true })
    },
  }
}

/** Gateways the balancer has found to be ready; it is asked over its own socket. */
async function gatewaysUp(statistics: string): Promise<number> {
  const socket = connect(statistics)
  try {
    await once(socket, 'connect')
    socket.end('show stat\n')
    return (await text(socket)).match(/^gateways,gateway-\d+,.*,UP,/gm)?.length ?? 0
  } catch {
    return 0
  } finally {
    socket.destroy()
  }
}

/** The balancer's own file with the addresses of this machine; names need no resolver here. */
function balancerConfig(
  addresses: ReadonlyMap<string, string>,
  { port, statistics }: { port: number; statistics: string },
): string {
  const local = deploymentFile('haproxy.cfg')
    .replace('global\n', `global\n  stats socket ${statistics}\n`)
    .replace('bind :8080', `bind 127.0.0.1:${port}`)
    .replace(' init-addr libc,none resolvers docker', '')
    .replace(/^resolvers docker[^]*$/m, '')
  return [...addresses].reduce(
    (config, [service, address]) => config.replace(`${service}:8787`, address),
    local,
  )
}

async function freePort(): Promise<number> {
  await using server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('A TCP server has a port.')
  return address.port
}
