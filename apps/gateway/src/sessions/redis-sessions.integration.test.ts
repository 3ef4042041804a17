import { describeLaws } from '@parley/audio/testing'
import { startRedis } from '@parley/core/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Log } from '../telemetry.ts'
import { liveSessionsLaws } from './live-sessions-laws.ts'
import type { Replicas } from './live-sessions-laws.ts'
import { connectRedis } from './redis-connection.ts'
import { redisSessions } from './redis-sessions.ts'
import type { SharedSessions } from './redis-sessions.ts'

const silent: Log = { debug() {}, info() {}, warn() {}, error() {} }

let server: Awaited<ReturnType<typeof startRedis>>
beforeAll(async () => void (server = await startRedis()))
afterAll(() => server[Symbol.asyncDispose]())

interface RedisReplicas extends Replicas {
  readonly lost: readonly string[]
}

async function replicas(leaseMs = 60_000): Promise<RedisReplicas> {
  const stack = new AsyncDisposableStack()
  const redis = stack.use(await connectRedis(server.url, silent))
  await redis.run((client) => client.flushAll())
  const lost: string[] = []
  const start = async (id: string): Promise<SharedSessions> => {
    const replica = { id, url: `http://${id}` }
    const sessions = await redisSessions({ redis, replica, leaseMs, recordMs: 60_000, log: silent })
    sessions.onLost((conversationId) => void lost.push(`${id} ${conversationId}`))
    return sessions
  }
  const [a, b, c] = [await start('a'), stack.use(await start('b')), stack.use(await start('c'))]
  return {
    a,
    b,
    c,
    lost,
    killA: async () => await a[Symbol.asyncDispose](),
    async [Symbol.asyncDispose]() {
      await a[Symbol.asyncDispose]()
      await stack.disposeAsync()
    },
  }
}

describeLaws('sessions in Redis', liveSessionsLaws, () => replicas())

describe('a replica', () => {
  it('hears that another one has taken a conversation from it', async () => {
    await using three = await replicas(90)
    await three.a.claim('conv_1', undefined)
    await three.b.seize('conv_1', three.a.replica, undefined)
    await expect.poll(() => three.lost).toEqual(['a conv_1'])
  })

  it('keeps what it holds for longer than its lease', async () => {
    await using three = await replicas(90)
    await three.a.claim('conv_1', undefined)
    await new Promise((resolve) => setTimeout(resolve, 400))
    expect((await three.b.holder('conv_1'))?.replica).toEqual(three.a.replica)
  })

  it('says again what it holds when Redis has forgotten it', async () => {
    await using three = await replicas(90)
    await using redis = await connectRedis(server.url, silent)
    await three.a.claim('conv_1', 'session_1')
    await redis.run((client) => client.flushAll())
    await expect.poll(async () => (await three.b.holder('conv_1'))?.session).toBe('session_1')
  })
})

describe('Redis', () => {
  it('that is gone fails every call at once, and is used again when it is back', async () => {
    await using own = await startRedis()
    await using redis = await connectRedis(own.url, silent)
    await using sessions = await redisSessions({
      redis,
      replica: { id: 'a', url: 'http://a' },
      leaseMs: 90,
      recordMs: 60_000,
      log: silent,
    })
    await sessions.claim('conv_1', undefined)
    await own.kill()
    await expect.poll(() => sessions.fault()).toBe('Redis cannot be reached')
    await expect(sessions.claim('conv_2', undefined)).rejects.toMatchObject({ code: 'backend_unavailable' })
    await own.restart()
    await expect.poll(() => sessions.fault(), { timeout: 10_000 }).toBeUndefined()
    await expect.poll(async () => (await sessions.holder('conv_1'))?.replica.id).toBe('a')
  })

  it('that cannot be reached does not keep a gateway from starting', async () => {
    await using redis = await connectRedis('redis://127.0.0.1:1', silent)
    expect(redis.fault()).toBe('Redis cannot be reached')
  })
})
