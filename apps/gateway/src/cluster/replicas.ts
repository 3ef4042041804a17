import { realtimeUpstream, startPostgres, startRedis } from '@parley/core/testing'
import type { Upstream } from '@parley/core/testing'
import { postgresStore } from '@parley/core/storage/postgres'
import type { ContextStore } from '@parley/core/storage'
import { GatewayProcess, dataDir } from '../testing/gateway-process.ts'

/** Gateways as processes of their own over one PostgreSQL, one Redis and one backend. */
export interface Replicas extends AsyncDisposable {
  readonly upstream: Upstream
  /** What is stored, read past the gateways. */
  readonly store: ContextStore
  readonly gateways: readonly Replica[]
  /** The first of them that answers, another one each time. */
  next(): string
}

/** One of the gateways. */
export interface Replica {
  readonly url: string
  readonly process: GatewayProcess
  readonly isUp: boolean
  /** Nothing is sent to it any more, as a load balancer does with one that is gone. */
  kill(): Promise<void>
  /** SIGTERM; resolves with its exit code when it has ended. */
  terminate(): Promise<number | null>
  /** A new process at the same address. */
  start(): Promise<void>
}

const key = 'key-of-the-service'

/** Starts so many gateways, their servers, and a stand-in for OpenAI that speaks as fast as `deltaIntervalMs`. */
export async function startReplicas(count: number, deltaIntervalMs: number): Promise<Replicas> {
  const parts = new AsyncDisposableStack()
  const [redis, postgres] = await Promise.all([startRedis(), startPostgres()])
  parts.use(redis)
  parts.use(postgres)
  const upstream = parts.use(await realtimeUpstream('openai', { key, deltaIntervalMs, acknowledgeMs: 1 }))
  const settings = {
    PARLEY_DATABASE_URL: postgres.url,
    PARLEY_REDIS_URL: redis.url,
    PARLEY_CLUSTER_SECRET: 'secret-of-the-cluster',
    PARLEY_OPENAI_KEY: key,
    PARLEY_OPENAI_URL: `${upstream.url}/v1`,
    PARLEY_DEFAULT_BACKEND: 'openai',
    PARLEY_OFFLINE: '1',
  }
  const gateways = await Promise.all(Array.from({ length: count }, () => startReplica(settings)))
  for (const gateway of gateways) parts.use(gateway)
  const store = parts.use(await postgresStore({ url: postgres.url }))
  let turn = 0
  return {
    upstream,
    store,
    gateways,
    next() {
      for (let tries = 0; tries < count; tries += 1) {
        const gateway = gateways[(turn += 1) % count]
        if (gateway?.isUp === true) return gateway.url
      }
      throw new Error('No gateway is up.')
    },
    [Symbol.asyncDispose]: () => parts.disposeAsync(),
  }
}

async function startReplica(settings: Readonly<Record<string, string>>): Promise<Replica & AsyncDisposable> {
  const own = { ...settings, PARLEY_DATA_DIR: dataDir() }
  let child = new GatewayProcess(own)
  const url = await child.url()
  let isUp = true
  return {
    url,
    get process() {
      return child
    },
    get isUp() {
      return isUp
    },
    async kill() {
      child.child.kill('SIGKILL')
      isUp = false
      await child.exited
    },
    async terminate() {
      child.child.kill('SIGTERM')
      isUp = false
      return await child.exited
    },
    async start() {
      child = new GatewayProcess({ ...own, PARLEY_PORT: new URL(url).port })
      await child.url()
      isUp = true
    },
    [Symbol.asyncDispose]: () => child[Symbol.asyncDispose](),
  }
}
