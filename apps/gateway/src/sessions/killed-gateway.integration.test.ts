import { startPostgres, startRedis } from '@parley/core/testing'
import { connect as connectParley } from '@parley/client'
import type { ServerEventJson } from '@parley/client'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { GatewayProcess, dataDir } from '../testing/gateway-process.ts'
import { back, begin, numbered } from '../testing/resuming-client.ts'
import { connect, userText } from '../testing/test-client.ts'

// Ten gateways are started here, each with its engines.
vi.setConfig({ testTimeout: 180_000 })

let redis: Awaited<ReturnType<typeof startRedis>>
let postgres: Awaited<ReturnType<typeof startPostgres>>
beforeAll(
  async () => void ([redis, postgres] = await Promise.all([startRedis(), startPostgres({ version: '15' })])),
)
afterAll(async () => {
  await redis[Symbol.asyncDispose]()
  await postgres[Symbol.asyncDispose]()
})

const gateway = (): GatewayProcess =>
  new GatewayProcess({
    PARLEY_DATA_DIR: dataDir(),
    PARLEY_DATABASE_URL: postgres.url,
    PARLEY_REDIS_URL: redis.url,
    PARLEY_CLUSTER_SECRET: 'secret-of-the-cluster',
    PARLEY_OFFLINE: '1',
  })

const asText = { type: 'response.create', response: { output_modalities: ['text'] } }

interface Stored {
  readonly items?: readonly { readonly item: { readonly id: string; readonly status?: string } }[]
}

async function stored(url: string, conversation: string): Promise<Stored> {
  return (await (await fetch(`${url}/v1/conversations/${conversation}`)).json()) as Stored
}

describe('a gateway that is killed', () => {
  it('leaves its session to another one, with every item once and a client that knows all of them', async () => {
    await using a = gateway()
    await using b = gateway()
    const [urlA, urlB] = await Promise.all([a.url(), b.url()])
    const { client, token } = await begin(urlA, '&conversation=conv_killed')
    client.send(userText('My name is Ada.'))
    client.send(asText)
    await client.next('response.done')
    // What the client may forget survives.
    while ((await client.next('parley.session.progress'))['received'] !== 2);
    a.child.kill('SIGKILL')
    await client.closed
    using again = await back(urlB, token, numbered(client).length)
    expect(await again.next('parley.session.resumed')).toMatchObject({ next: numbered(client).length + 1 })
    expect(await again.next('parley.session.migrated')).toMatchObject({ reason: 'restart' })
    again.send(userText('What is my name?'))
    again.send(asText)
    expect(await again.next('response.output_text.done')).toMatchObject({
      text: expect.stringContaining('Ada'),
    })
    await again.next('response.done')
    const { items = [] } = await stored(urlB, 'conv_killed')
    expect(items).toHaveLength(4)
    const told = [...client.events, ...again.events].flatMap((event) =>
      event.type === 'conversation.item.done' ? [(event['item'] as { id: string }).id] : [],
    )
    expect(told).toEqual(items.map(({ item }) => item.id))
  })

  it('in the middle of an answer leaves it as far as it was told, and does not answer twice', async () => {
    await using a = gateway()
    await using b = gateway()
    const [urlA, urlB] = await Promise.all([a.url(), b.url()])
    const events: ServerEventJson[] = []
    let url = urlA
    await using connection = connectParley({
      url: 'http://gateway',
      query: { conversation: 'conv_cut' },
      createSocket: (address, protocols) =>
        new WebSocket(address.replace('ws://gateway', url.replace('http', 'ws')), [...protocols]),
      fetch: (address, init) => fetch(new Request(address).url.replace('http://gateway', url), init),
    })
    connection.send(userText('Count to one hundred.') as never)
    connection.send({ type: 'response.create' })
    const iterator = connection[Symbol.asyncIterator]()
    const until = async (type: string): Promise<ServerEventJson> => {
      for (;;) {
        const { value } = await iterator.next()
        if (value === undefined) throw new Error(`no ${type}: ${JSON.stringify(connection.state)}`)
        events.push(value)
        if (value.type === type) return value
      }
    }
    await until('response.output_audio.delta')
    url = urlB
    a.child.kill('SIGKILL')
    const done = await until('response.done')
    expect(done).toMatchObject({ response: { status: 'failed' } })
    const migrated = await until('parley.session.migrated')
    connection.send(userText('Thank you.') as never)
    connection.send(asText)
    await until('response.done')
    const created = events.filter(({ type }) => type === 'response.created')
    expect(created).toHaveLength(2)
    const { items = [] } = await stored(urlB, 'conv_cut')
    expect(items.map(({ item }) => item.status)).toEqual([
      'completed',
      'incomplete',
      'completed',
      'completed',
    ])
    expect(migrated['unfinished_item_id']).toBe(items[1]?.item.id)
    const told = events.flatMap((event) =>
      event.type === 'conversation.item.done' ? [(event['item'] as { id: string }).id] : [],
    )
    expect(told).toEqual(items.map(({ item }) => item.id))
  })

  it('can be followed by a plain client by the id of the conversation', async () => {
    await using a = gateway()
    await using b = gateway()
    const [urlA, urlB] = await Promise.all([a.url(), b.url()])
    using plain = await connect(`${urlA}/v1/realtime?conversation=conv_plain`)
    await plain.next('session.created')
    plain.send(userText('My name is Ada.'))
    plain.send(asText)
    await plain.next('response.done')
    await expect
      .poll(async () => (await stored(urlB, 'conv_plain')).items?.length, { timeout: 30_000 })
      .toBe(2)
    a.child.kill('SIGKILL')
    await plain.closed
    using again = await connect(`${urlB}/v1/realtime?conversation=conv_plain`)
    await again.next('session.created')
    again.send(userText('What is my name?'))
    again.send(asText)
    expect(await again.next('response.output_text.done')).toMatchObject({
      text: expect.stringContaining('Ada'),
    })
  })
})

describe('a gateway that is stopped', () => {
  it('hands its sessions over, and its clients come back by themselves', async () => {
    await using a = gateway()
    await using b = gateway()
    const [urlA, urlB] = await Promise.all([a.url(), b.url()])
    const { client, token } = await begin(urlA, '&conversation=conv_stopped')
    client.send(userText('My name is Ada.'))
    client.send(asText)
    await client.next('response.done')
    a.child.kill('SIGTERM')
    await client.next('parley.session.leaving')
    expect(await client.closed).toMatchObject({ code: 1012 })
    using again = await back(urlB, token, numbered(client).length)
    await again.next('parley.session.migrated')
    again.send(userText('What is my name?'))
    again.send(asText)
    expect(await again.next('response.output_text.done')).toMatchObject({
      text: expect.stringContaining('Ada'),
    })
    expect(await a.exited).toBe(0)
  })
})

describe('a gateway that runs alone', () => {
  it('is restarted, and goes on with the sessions it has left', async () => {
    const settings = { PARLEY_DATA_DIR: dataDir(), PARLEY_OFFLINE: '1' }
    const { client, token } = await (async () => {
      await using gateway = new GatewayProcess(settings)
      const begun = await begin(await gateway.url())
      begun.client.send(userText('My name is Ada.'))
      begun.client.send(asText)
      await begun.client.next('response.done')
      gateway.child.kill('SIGTERM')
      expect(await begun.client.closed).toMatchObject({ code: 1012 })
      expect(await gateway.exited).toBe(0)
      return begun
    })()
    await using restarted = new GatewayProcess(settings)
    using again = await back(await restarted.url(), token, numbered(client).length - 2)
    await again.next('parley.session.migrated')
    expect(numbered(again).slice(0, 2)).toEqual(numbered(client).slice(-2))
    again.send(userText('What is my name?'))
    again.send(asText)
    expect(await again.next('response.output_text.done')).toMatchObject({
      text: expect.stringContaining('Ada'),
    })
  })
})
