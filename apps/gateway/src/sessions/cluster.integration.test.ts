import type { ServerEvent } from '@parley/core'
import { memoryStore } from '@parley/core/storage'
import { startRedis } from '@parley/core/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startGateway } from '../testing/gateway-under-test.ts'
import type { GatewayOptions, GatewayUnderTest } from '../testing/gateway-under-test.ts'
import { back, begin, numbered } from '../testing/resuming-client.ts'
import { scriptedProvider } from '../testing/scripted-provider.ts'
import { connect, userText } from '../testing/test-client.ts'
import type { TestClient } from '../testing/test-client.ts'
import { connectRedis } from './redis-connection.ts'
import { redisRateLimits } from './redis-rate-limit.ts'

let redis: Awaited<ReturnType<typeof startRedis>>
beforeAll(async () => void (redis = await startRedis()))
afterAll(() => redis[Symbol.asyncDispose]())

let store = memoryStore()
beforeEach(async () => {
  store = memoryStore()
  const log = { debug() {}, info() {}, warn() {}, error() {} }
  await using connection = await connectRedis(redis.url, log)
  await connection.run((client) => client.flushAll())
})

const gateway = (options: GatewayOptions = {}): Promise<GatewayUnderTest> =>
  startGateway({ store, redisUrl: redis.url, ...options })

async function ask(client: TestClient, text: string): Promise<string> {
  client.send(userText(text))
  client.send({ type: 'response.create' })
  return JSON.stringify((await client.next('response.done'))['response'])
}

describe('a client that comes back to another gateway', () => {
  it('reaches its session through it, and misses nothing', async () => {
    await using a = await gateway()
    await using b = await gateway()
    const { client, token } = await begin(a.url)
    await ask(client, 'hello')
    client.socket.terminate()
    await client.closed
    const had = numbered(client).length
    using again = await back(b.url, token, had - 3)
    expect(await again.next('parley.session.resumed')).toMatchObject({ token, next: had - 2, received: 2 })
    await again.next('response.done')
    expect(await ask(again, 'more')).toContain('hello | more')
    expect(numbered(again).slice(0, 3)).toEqual(numbered(client).slice(-3))
    again.socket.close(1000)
    await a.whenLogged('session ended')
  })

  it('is heard there to have everything, so that nothing is kept for it for ever', async () => {
    const said = Promise.withResolvers<(event: ServerEvent) => void>()
    const backend = scriptedProvider({ name: 'scripted', onText: (_text, send) => said.resolve(send) })
    await using a = await gateway({ backends: new Map([['scripted', backend]]) })
    await using b = await gateway()
    const { client, token } = await begin(a.url)
    client.send(userText('hello'))
    const send = await said.promise
    client.socket.terminate()
    using again = await back(b.url, token, 0)
    const pad = 'x'.repeat(400_000)
    send({ type: 'rate_limits.updated', event_id: 'a', rate_limits: [], pad })
    send({ type: 'rate_limits.updated', event_id: 'b', rate_limits: [] })
    await again.next('rate_limits.updated')
    await again.next('rate_limits.updated')
    const { length } = numbered(again)
    await expect
      .poll(
        async () => (await fetchStatus(a.url, token, 1)) === 404 && (await fetchStatus(a.url, token, length)),
        {
          timeout: 5000,
        },
      )
      .toBe(426)
  })

  it('is told at once that what it lacks is gone, whether it asks with or without a socket', async () => {
    const said = Promise.withResolvers<(event: ServerEvent) => void>()
    const backend = scriptedProvider({ name: 'scripted', onText: (_text, send) => said.resolve(send) })
    await using a = await gateway({ backends: new Map([['scripted', backend]]) })
    await using b = await gateway()
    const { client, token } = await begin(a.url)
    client.send(userText('hello'))
    const send = await said.promise
    const pad = 'x'.repeat(400_000)
    send({ type: 'rate_limits.updated', event_id: 'a', rate_limits: [], pad })
    send({ type: 'rate_limits.updated', event_id: 'b', rate_limits: [] })
    await client.next('rate_limits.updated')
    await client.next('rate_limits.updated')
    await expect.poll(() => fetchStatus(b.url, token, 1), { timeout: 5000 }).toBe(404)
    await expect(back(b.url, token, 1)).rejects.toMatchObject({
      status: 404,
      body: { error: { code: 'not_found', param: 'after' } },
    })
    expect(await fetchStatus(b.url, token, 1000)).toBe(400)
    using again = await back(b.url, token, numbered(client).length)
    await again.next('parley.session.resumed')
    const text = await (await fetch(`${b.url}/metrics`)).text()
    expect(text).toContain('parley_resumptions_total{how="too_old"} 1\n')
    expect(text).toContain('parley_resumptions_total{how="relay"} 1\n')
  })

  it('is told that its session is over when it has ended there', async () => {
    await using a = await gateway()
    await using b = await gateway()
    const { client, token } = await begin(a.url)
    client.socket.close(1000)
    await a.whenLogged('session ended')
    await expect.poll(() => fetchStatus(b.url, token, 0)).toBe(404)
    await expect(back(b.url, token, 0)).rejects.toMatchObject({ status: 404 })
  })

  it('is refused with another key, and with none', async () => {
    const config = { keys: ['one', 'two'] }
    await using a = await gateway({ config })
    await using b = await gateway({ config })
    const { client, token } = await begin(a.url, '', { authorization: 'Bearer one' })
    await expect(back(b.url, token, 0, { authorization: 'Bearer two' })).rejects.toMatchObject({
      status: 404,
    })
    await expect(back(b.url, token, 0)).rejects.toMatchObject({ status: 401 })
    using again = await back(b.url, token, 0, { authorization: 'Bearer one' })
    await again.next('parley.session.resumed')
    client.socket.terminate()
  })

  it('ends its session with a good-bye', async () => {
    await using a = await gateway()
    await using b = await gateway()
    const { token } = await begin(a.url)
    const again = await back(b.url, token, 0)
    await again.next('parley.session.resumed')
    again.socket.close(1000)
    await a.whenLogged('session ended')
  })
})

describe('a conversation', () => {
  it('is taken over from another gateway, with all of it', async () => {
    await using a = await gateway()
    await using b = await gateway()
    using older = await connect(`${a.url}/v1/realtime?conversation=conv_a`)
    await ask(older, 'first words')
    using newer = await connect(`${b.url}/v1/realtime?conversation=conv_a`)
    expect(await older.next('error')).toMatchObject({ error: { code: 'conversation_in_use' } })
    expect(await older.closed).toMatchObject({ code: 1008 })
    expect(await ask(newer, 'more')).toContain('first words')
  })

  it('that another gateway works on is ended before it is deleted', async () => {
    await using a = await gateway()
    await using b = await gateway()
    using client = await connect(`${a.url}/v1/realtime?conversation=conv_a`)
    await ask(client, 'forget me')
    expect((await fetch(`${b.url}/v1/conversations/conv_a`, { method: 'DELETE' })).status).toBe(204)
    await client.closed
    expect(await store.load('conv_a')).toBeUndefined()
  })

  it('ends the session of a client that is away when another gateway takes it over', async () => {
    await using a = await gateway()
    await using b = await gateway()
    const { client, token } = await begin(a.url, '&conversation=conv_a')
    client.socket.terminate()
    using plain = await connect(`${b.url}/v1/realtime?conversation=conv_a`)
    await plain.next('session.created')
    await expect(back(b.url, token, 0)).rejects.toMatchObject({ status: 404 })
    await expect(back(a.url, token, 0)).rejects.toMatchObject({ status: 404 })
  })
})

describe('a gateway that stops', () => {
  it('hands its sessions over to another one, and no client misses anything', async () => {
    await using b = await gateway()
    const a = await gateway()
    const { client, token } = await begin(a.url)
    await ask(client, 'hello')
    await a[Symbol.asyncDispose]()
    expect(await client.next('parley.session.leaving')).toMatchObject({ reconnect_after_ms: 0 })
    expect(await client.closed).toEqual({ code: 1012, reason: 'restart' })
    const had = numbered(client).length
    using again = await back(b.url, token, had - 3)
    expect(await again.next('parley.session.resumed')).toMatchObject({ next: had - 2 })
    expect(await again.next('parley.session.migrated')).toMatchObject({ reason: 'restart' })
    await again.next('response.done')
    const text = await (await fetch(`${b.url}/metrics`)).text()
    expect(text).toContain('parley_resumptions_total{how="takeover"} 1\n')
    expect(text).toContain(
      'parley_migrations_total{from="scripted",to="scripted",reason="restart",restored="transcript"} 1\n',
    )
    expect(await ask(again, 'more')).toContain('more')
    expect(numbered(again).slice(0, 3)).toEqual(numbered(client).slice(-3))
  })
})

describe('a gateway that drains', () => {
  it('has clients back for the turn that is not over, at its own address and at another one', async () => {
    const said = Promise.withResolvers<(event: ServerEvent) => void>()
    const backend = scriptedProvider({ name: 'scripted', onText: (_text, send) => said.resolve(send) })
    await using a = await gateway({ backends: new Map([['scripted', backend]]) })
    await using b = await gateway()
    const { client, token } = await begin(a.url)
    client.send(userText('hello'))
    const send = await said.promise
    const response = { id: 'resp_1', output: [] }
    send({ type: 'response.created', event_id: 'a', response: { ...response, status: 'in_progress' } })
    await client.next('response.created')
    const had = numbered(client).length
    const drained = a.gateway.drain()
    await expect(connect(`${a.url}/v1/realtime`)).rejects.toMatchObject({ status: 503 })
    client.socket.terminate()
    const here = await back(a.url, token, had)
    await here.next('parley.session.resumed')
    here.socket.terminate()
    const there = await back(b.url, token, had)
    await there.next('parley.session.resumed')
    send({ type: 'response.done', event_id: 'b', response: { ...response, status: 'completed' } })
    await there.next('response.done')
    expect(await there.closed).toEqual({ code: 1012, reason: 'restart' })
    await drained
    // Whoever asks the one that is going now is not told that the session is over.
    await expect(back(a.url, token, had)).rejects.toMatchObject({ status: 503 })
    using last = await back(b.url, token, had + 1)
    await last.next('parley.session.migrated')
  })
})

describe('gateways that share a Redis', () => {
  const authorization = 'Bearer one'

  async function mint(url: string): Promise<string> {
    const headers = { authorization, 'content-type': 'application/json' }
    const body = JSON.stringify({ session: { type: 'realtime', instructions: 'Be brief.' } })
    const response = await fetch(`${url}/v1/realtime/client_secrets`, { method: 'POST', headers, body })
    return String(Reflect.get((await response.json()) as object, 'value'))
  }

  it('let in a client secret of any of them, with what it grants', async () => {
    const config = { keys: ['one'] }
    await using a = await gateway({ config })
    await using b = await gateway({ config })
    const headers = { authorization: `Bearer ${await mint(a.url)}` }
    using client = await connect(`${b.url}/v1/realtime`, [], { headers })
    expect(await client.next('session.updated')).toMatchObject({ session: { instructions: 'Be brief.' } })
    const guess = { authorization: `Bearer ek_${'x'.repeat(32)}` }
    await expect(connect(`${b.url}/v1/realtime`, [], { headers: guess })).rejects.toMatchObject({
      status: 401,
    })
  })

  it('keep the values of secrets and tokens out of it', async () => {
    const config = { keys: ['one'] }
    await using a = await gateway({ config })
    const secret = await mint(a.url)
    const { client, token } = await begin(a.url, '', { authorization: `Bearer ${secret}` })
    await ask(client, 'hello')
    const log = { debug() {}, info() {}, warn() {}, error() {} }
    await using connection = await connectRedis(redis.url, log)
    const all = await connection.run(async (client) => {
      const keys = await client.keys('*')
      const values = await Promise.all(keys.map((key) => client.dump(key).then((dump) => String(dump))))
      return [...keys, ...values].join('\n')
    })
    expect(all).toContain('hello')
    expect(all).not.toContain(secret)
    expect(all).not.toContain(token)
    expect(all).not.toContain('Bearer')
    client.socket.terminate()
  })

  it('have so many sessions together, and no more', async () => {
    const config = { maxSessions: 2 }
    await using a = await gateway({ config })
    await using b = await gateway({ config })
    using one = await connect(`${a.url}/v1/realtime?conversation=conv_1`)
    await one.next('session.created')
    using two = await connect(`${b.url}/v1/realtime`)
    await two.next('session.created')
    await expect(connect(`${a.url}/v1/realtime`)).rejects.toMatchObject({ status: 429 })
    using again = await connect(`${b.url}/v1/realtime?conversation=conv_1`)
    await again.next('session.created')
    two.socket.close(1000)
    await b.whenLogged('session ended')
    using three = await connect(`${a.url}/v1/realtime`)
    await three.next('session.created')
  })

  it('count together what is limited by the minute', async () => {
    const log = { debug() {}, info() {}, warn() {}, error() {} }
    await using connection = await connectRedis(redis.url, log)
    const limits = { perMinute: 3, concurrent: 10 }
    const [a, b] = [1, 2].map(() => redisRateLimits(connection, Date.now)('samples', limits))
    for (const limit of [a, b, a]) expect(await limit?.run(async () => 'done')).toBe('done')
    await expect(b?.run(async () => 'done')).rejects.toMatchObject({ code: 'rate_limit_exceeded' })
    await connection.run((client) => client.hSet('parley:rate:samples', 'at', Date.now() - 20_000))
    expect(await b?.run(async () => 'done')).toBe('done')
  })
})

describe('the addresses between gateways', () => {
  it.each([
    ['GET', '/internal/sessions/x?after=0'],
    ['POST', '/internal/conversations/conv_a/end'],
  ])('%s %s is for gateways', async (method, path) => {
    await using a = await gateway()
    const headers = { authorization: 'Bearer guess' }
    expect((await fetch(a.url + path, { method })).status).toBe(401)
    expect((await fetch(a.url + path, { method, headers })).status).toBe(401)
  })

  it('are not there when a gateway runs alone', async () => {
    await using alone = await startGateway()
    expect((await fetch(`${alone.url}/internal/conversations/conv_a/end`, { method: 'POST' })).status).toBe(
      404,
    )
  })
})

describe('without Redis', () => {
  it('a call goes on, and /readyz says so', async () => {
    await using own = await startRedis()
    await using a = await gateway({ redisUrl: own.url })
    const { client, token } = await begin(a.url)
    await ask(client, 'before')
    expect((await fetch(`${a.url}/readyz`)).status).toBe(200)
    await own.kill()
    await expect
      .poll(async () => (await fetch(`${a.url}/readyz`)).json())
      .toEqual({ status: 'not_ready', missing: [{ name: 'sessions', reason: 'Redis cannot be reached' }] })
    expect(await ask(client, 'during')).toContain('before | during')
    using plain = await connect(`${a.url}/v1/realtime`)
    await plain.next('session.created')
    client.socket.terminate()
    await client.closed
    using again = await back(a.url, token, numbered(client).length)
    expect(await ask(again, 'after')).toContain('before | during | after')
  })
})

async function fetchStatus(url: string, token: string, after: number): Promise<number> {
  return (await fetch(`${url}/v1/realtime?resume=${token}&after=${after}`)).status
}
