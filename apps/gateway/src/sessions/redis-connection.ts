import { createClient } from '@redis/client'
import { RealtimeError } from '@parley/core'
import { errorFields } from '../telemetry.ts'
import type { Log } from '../telemetry.ts'

/** A connection to Redis or Valkey that mends itself. */
export interface RedisConnection extends AsyncDisposable {
  /** Runs commands; rejects with `backend_unavailable` at once while there is no connection, or after a second. */
  run<Result>(commands: (redis: Redis) => Promise<Result>): Promise<Result>
  /** Called each time the connection is there. */
  onReady(listener: () => void): void
  /** Why it does not work, `undefined` when it does. */
  fault(): string | undefined
}

type Redis = ReturnType<typeof makeClient>

/** Longest time one command may take (ms): a live call waits for some of them. */
const commandTimeoutMs = 1000

/** How long a start waits for the first connection (ms); afterwards the gateway runs without it. */
const firstConnectMs = 2000

const reconnectMs = 200
const maxReconnectMs = 2000

function makeClient(url: string) {
  return createClient({
    url,
    disableOfflineQueue: true,
    pingInterval: 1000,
    commandOptions: { timeout: commandTimeoutMs },
    socket: {
      connectTimeout: firstConnectMs,
      socketTimeout: 3000,
      reconnectStrategy: (tries) => Math.min(maxReconnectMs, reconnectMs * (tries + 1)),
    },
  })
}

/** Connects; resolves when it works, or when it does not do so soon. */
export async function connectRedis(url: string, log: Log): Promise<RedisConnection> {
  const client = makeClient(url)
  const listeners: (() => void)[] = []
  const first = Promise.withResolvers<void>()
  let isUp: boolean | undefined
  function tellDown(error: unknown): void {
    // One line for each loss: the client tries again every moment.
    if (isUp === false) return
    isUp = false
    log.warn(
      { host: URL.parse(url)?.host, error: errorFields(error).error },
      'redis not available: it is tried again',
    )
  }
  client.on('ready', () => {
    isUp = true
    log.info({}, 'redis available')
    first.resolve()
    for (const listener of listeners) listener()
  })
  client.on('error', (error: unknown) => {
    tellDown(error)
    log.debug(errorFields(error), 'redis failed')
  })
  const connecting = client
    .connect()
    .catch((error: unknown) => log.warn(errorFields(error), 'redis given up'))
  const timer = setTimeout(() => {
    tellDown(undefined)
    first.resolve()
  }, firstConnectMs)
  await first.promise
  clearTimeout(timer)

  return {
    async run(commands) {
      if (!client.isReady) throw unreachable()
      try {
        return await commands(client)
      } catch (error) {
        throw unreachable(error)
      }
    },
    onReady(listener) {
      listeners.push(listener)
    },
    fault: () => (client.isReady ? undefined : 'Redis cannot be reached'),
    async [Symbol.asyncDispose]() {
      client.destroy()
      await connecting
    },
  }
}

function unreachable(cause?: unknown): RealtimeError {
  return new RealtimeError('backend_unavailable', 'The session registry cannot be reached.', { cause })
}
