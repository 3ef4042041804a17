import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Capabilities, ClientEvent, ContextReport, Item } from '@parley/core'
import { blockItemId, wordsOf } from '@parley/core/context'
import { openai } from '@parley/core/providers'
import { memoryStore } from '@parley/core/storage'
import type { ContextEntry, ContextStore } from '@parley/core/storage'
import { realtimeUpstream } from '@parley/core/testing'
import { describe, expect, it } from 'vitest'
import { startGateway } from '../testing/gateway-under-test.ts'
import type { GatewayOptions, GatewayUnderTest } from '../testing/gateway-under-test.ts'
import { startScriptedChat } from '../testing/scripted-chat.ts'
import { scriptedProvider } from '../testing/scripted-provider.ts'
import { ask, connect } from '../testing/test-client.ts'
import type { TestClient } from '../testing/test-client.ts'

/** A conversation of 200 turns; what matters is said early. */
function longTalk(): readonly Item[] {
  return Array.from({ length: 200 }, (_, turn): readonly Item[] => [
    said(
      `item_${turn}_user`,
      'user',
      turn === 3
        ? 'My name is Margarethe Vogelsang and the booking code is KX-4471.'
        : `Question ${turn}: what about the weather in the hills over there today?`,
    ),
    said(
      `item_${turn}_answer`,
      'assistant',
      `Answer ${turn}: it stays much the same, mild and a little windy.`,
    ),
  ]).flat()
}

function said(id: string, role: 'user' | 'assistant', text: string): Item {
  return role === 'user'
    ? { id, type: 'message', role, content: [{ type: 'input_text', text }] }
    : { id, type: 'message', role, content: [{ type: 'output_text', text }] }
}

async function storeWith(id: string, items: readonly Item[]): Promise<ContextStore> {
  const store = memoryStore()
  const entries = items.map((item, index): ContextEntry => ({
    type: 'item',
    item,
    previousItemId: items[index - 1]?.id ?? null,
  }))
  await store.append(id, entries, 0)
  return store
}

interface Told {
  /** Items the backend was told, by connection. */
  readonly items: (connection: number) => readonly Item[]
  readonly instructions: (connection: number) => readonly (string | undefined)[]
}

/** A gateway over a scripted backend whose ears are open to the test. */
async function listening(
  options: GatewayOptions & { readonly capabilities?: Partial<Capabilities> },
): Promise<{ readonly gateway: GatewayUnderTest; readonly told: Told }> {
  const events: { readonly event: ClientEvent; readonly connection: number }[] = []
  const { capabilities, ...rest } = options
  const provider = scriptedProvider({
    name: 'scripted',
    ...(capabilities && { capabilities }),
    onEvent: (event, connection) => events.push({ event, connection }),
  })
  const gateway = await startGateway({ backends: new Map([['scripted', provider]]), ...rest })
  const of = (connection: number): readonly ClientEvent[] =>
    events.flatMap((each) => (each.connection === connection ? each.event : []))
  return {
    gateway,
    told: {
      items: (connection) =>
        of(connection).flatMap((event) => (event.type === 'conversation.item.create' ? event.item : [])),
      instructions: (connection) =>
        of(connection).flatMap((event) =>
          event.type === 'session.update' && event.session.type === 'realtime'
            ? event.session.instructions
            : [],
        ),
    },
  }
}

/** The report of the session's first event of its conversation. */
async function reportOf(client: TestClient): Promise<ContextReport> {
  const { parley } = await client.next('conversation.created')
  // The gateway's own words, which core has checked.
  return (parley as { context: ContextReport }).context
}

const textOf = (item: Item | undefined): string => (item === undefined ? '' : (wordsOf(item)?.text ?? ''))

/** Fields of the answers asked for here. */
interface Answer {
  readonly id: string
  readonly facts: number
  readonly value: string
  readonly data: readonly { readonly id: string; readonly text: string }[]
  readonly items: readonly Item[]
  readonly report: ContextReport
}

async function json(
  url: string,
  method = 'GET',
  body?: unknown,
): Promise<{ readonly status: number; readonly body: Answer }> {
  const init = body === undefined ? {} : { body: JSON.stringify(body) }
  const response = await fetch(url, { method, ...init })
  const text = await response.text()
  // Each test looks at the fields its route answers with.
  return { status: response.status, body: JSON.parse(text || '{}') as Answer }
}

describe('a conversation of 200 turns that goes on in a small budget', () => {
  const items = longTalk()

  it('is told as newest turns, a summary of the rest, and pinned facts, and says what was left out', async () => {
    const store = await storeWith('conv_long', items)
    const { gateway, told } = await listening({ store })
    await using _ = gateway
    const pinned = await json(`${gateway.url}/v1/conversations/conv_long/facts`, 'POST', {
      text: 'The guest is deaf in one ear.',
    })
    expect(pinned.status).toBe(201)
    using client = await connect(`${gateway.url}/v1/realtime?conversation=conv_long&context_tokens=1500`)
    const report = await reportOf(client)
    await ask(client, 'And now?')

    expect(report).toMatchObject({
      strategy: 'summary',
      way: 'items',
      budget_tokens: 1500,
      pinned: 1,
      facts: 0,
    })
    expect(report.summary_by).toBe('extractive')
    expect(report.tokens).toBeLessThanOrEqual(1500)
    expect(report.items).toBeGreaterThan(20)
    expect(report.summarized).toBeGreaterThan(0)
    expect(report.items + report.summarized + report.left_out).toBe(400)
    const [block, ...rest] = told.items(0)
    expect(block?.id).toBe(blockItemId)
    expect(textOf(block)).toContain('The guest is deaf in one ear.')
    expect(textOf(block)).toContain('My name is Margarethe Vogelsang and the booking code is KX-4471.')
    expect(rest.slice(0, report.items).map(({ id }) => id)).toEqual(
      items.slice(400 - report.items).map(({ id }) => id),
    )
    // The client hears nothing of what the backend was reminded of.
    const added = client.events.filter(({ type }) => type === 'conversation.item.added')
    expect(added).toHaveLength(2)
  })

  it('is previewed as the next session is told', async () => {
    const store = await storeWith('conv_long', items)
    const { gateway, told } = await listening({ store })
    await using _ = gateway
    const query = 'strategy=recent&budget=900'
    const preview = await json(`${gateway.url}/v1/conversations/conv_long/context?${query}`)
    using client = await connect(
      `${gateway.url}/v1/realtime?conversation=conv_long&context=recent&context_tokens=900`,
    )
    expect(await reportOf(client)).toEqual(preview.body.report)
    expect(preview.body.report).toMatchObject({ strategy: 'recent', summarized: 0 })
    await ask(client, 'And now?')
    expect(told.items(0).slice(0, preview.body.items.length)).toEqual(preview.body.items)
  })

  it('is told in the instructions where a backend takes no items, and the client sees its own', async () => {
    const store = await storeWith('conv_long', items)
    const { gateway, told } = await listening({ store, capabilities: { historySeeding: 'instructions' } })
    await using _ = gateway
    using client = await connect(`${gateway.url}/v1/realtime?conversation=conv_long&context_tokens=1000`)
    expect(await reportOf(client)).toMatchObject({ way: 'instructions' })
    client.send({ type: 'session.update', session: { type: 'realtime', instructions: 'Be kind.' } })
    const updated = await client.next('session.updated')
    client.send({ type: 'session.update', session: { type: 'realtime', instructions: 'Be short.' } })
    const again = await client.next('session.updated')
    await ask(client, 'And now?')

    expect(updated).toMatchObject({ session: { instructions: 'Be kind.' } })
    expect(again).toMatchObject({ session: { instructions: 'Be short.' } })
    const [first, second] = told.instructions(0)
    expect(first).toMatch(/^Be kind\.\n\nNotes kept by the application/)
    expect(second).toMatch(/^Be short\.\n\nNotes kept by the application/)
    expect(second).toContain('KX-4471')
    expect(second).toContain('Answer 199')
    expect(told.items(0)).toHaveLength(1)
  })

  it('is told before the first word of a client that sets nothing', async () => {
    const store = await storeWith('conv_long', items)
    const { gateway, told } = await listening({ store, capabilities: { historySeeding: 'instructions' } })
    await using _ = gateway
    using client = await connect(`${gateway.url}/v1/realtime?conversation=conv_long`)
    await ask(client, 'And now?')
    expect(told.instructions(0)).toHaveLength(1)
    expect(told.instructions(0)[0]).toContain('Notes kept by the application')
    expect(client.events.map(({ type }) => type)).not.toContain('session.updated')
  })

  it('is not told at all where nobody could', async () => {
    const store = await storeWith('conv_long', items)
    const { gateway, told } = await listening({ store, capabilities: { historySeeding: 'none' } })
    await using _ = gateway
    using client = await connect(`${gateway.url}/v1/realtime?conversation=conv_long`)
    expect(await reportOf(client)).toMatchObject({ way: 'none', items: 0, left_out: 400 })
    await ask(client, 'And now?')
    expect(told.items(0)).toHaveLength(1)
  })

  it.each([
    ['context=best', 'context'],
    ['context_tokens=5', 'context_tokens'],
    ['context_tokens=many', 'context_tokens'],
  ])('refuses ?%s by name', async (query, param) => {
    const { gateway } = await listening({})
    await using _ = gateway
    await expect(connect(`${gateway.url}/v1/realtime?${query}`)).rejects.toMatchObject({
      status: 400,
      body: { error: { code: 'invalid_value', param } },
    })
  })
})

describe('a summary that a model writes while the call goes on', () => {
  it('stands for the old turns in the next session', async () => {
    const asked: string[] = []
    await using chat = await startScriptedChat((messages) => {
      asked.push(messages.map(({ content }) => content ?? '').join('\n'))
      return 'They spoke at length about the harvest of 1787.'
    })
    const store = memoryStore()
    const { gateway, told } = await listening({
      store,
      memory: {
        context: { strategy: 'summary', budgetTokens: 600 },
        summary: { url: chat.url, model: 'm-1', key: undefined },
      },
    })
    await using _ = gateway
    {
      using client = await connect(`${gateway.url}/v1/realtime?conversation=conv_s`)
      // The scripted backend repeats everything it was told, so a few turns are many words.
      for (let turn = 0; turn < 6; turn += 1)
        await ask(client, `Turn ${turn}: ${'grain and wine '.repeat(8)}`)
      await untilStored(store, 'conv_s', 'summary')
    }
    expect(asked[0]).toContain('User: Turn 0: grain and wine')
    using client = await connect(`${gateway.url}/v1/realtime?conversation=conv_s`)
    const report = await reportOf(client)
    await ask(client, 'Go on.')
    expect(report.summary_by).toContain('m-1')
    expect(report.summarized).toBeGreaterThan(0)
    expect(textOf(told.items(1)[0])).toContain('They spoke at length about the harvest of 1787.')
  })

  it('is done without where the model fails, and the call goes on', async () => {
    const server = createServer((_, response) => response.writeHead(500).end('{}'))
    await once(server.listen(0, '127.0.0.1'), 'listening')
    // A listening TCP server has an address with a port.
    const { port } = server.address() as AddressInfo
    const { gateway } = await listening({
      memory: {
        context: { strategy: 'summary', budgetTokens: 400 },
        summary: { url: `http://127.0.0.1:${port}/v1`, model: 'm-1', key: undefined },
      },
    })
    try {
      await using _ = gateway
      {
        using client = await connect(`${gateway.url}/v1/realtime?conversation=conv_f`)
        for (let turn = 0; turn < 6; turn += 1)
          await ask(client, `Turn ${turn}: ${'grain and wine '.repeat(8)}`)
        expect(client.events.filter(({ type }) => type === 'error' || type === 'warning')).toEqual([])
      }
      using client = await connect(`${gateway.url}/v1/realtime?conversation=conv_f`)
      expect(await reportOf(client)).toMatchObject({ summary_by: 'extractive' })
    } finally {
      server.close()
    }
  })
})

async function untilStored(store: ContextStore, id: string, type: ContextEntry['type']): Promise<void> {
  await expect
    .poll(async () => (await store.load(id))?.entries.some(({ entry }) => entry.type === type), {
      timeout: 5000,
    })
    .toBe(true)
}

describe('facts pinned to a conversation', () => {
  it('are added, changed and deleted over REST', async () => {
    const { gateway } = await listening({ store: await storeWith('conv_p', longTalk().slice(0, 2)) })
    await using _ = gateway
    const facts = `${gateway.url}/v1/conversations/conv_p/facts`
    const { body: fact } = await json(facts, 'POST', { text: '  The door code is 12. ' })
    expect(fact).toMatchObject({ text: 'The door code is 12.' })
    expect((await json(`${facts}/${fact.id}`, 'PATCH', { text: 'The door code is 13.' })).status).toBe(200)
    expect((await json(facts)).body).toEqual({ data: [{ id: fact.id, text: 'The door code is 13.' }] })
    const preview = await json(`${gateway.url}/v1/conversations/conv_p/context`)
    expect(JSON.stringify(preview.body.items)).toContain('The door code is 13.')
    expect(JSON.stringify(preview.body.items)).not.toContain('The door code is 12.')
    expect((await json(`${facts}/${fact.id}`, 'DELETE')).status).toBe(204)
    expect((await json(facts)).body).toEqual({ data: [] })
    expect((await json(`${facts}/${fact.id}`, 'DELETE')).status).toBe(404)
    expect(await json(facts, 'POST', { text: ' ' })).toMatchObject({
      status: 400,
      body: { error: { code: 'invalid_value', param: 'text' } },
    })
    expect((await json(`${gateway.url}/v1/conversations/conv_none/facts`)).status).toBe(404)
  })

  it('reach a session that runs: its next backend is told', async () => {
    await using upstream = await realtimeUpstream('openai', { key: 'key' })
    const provider = openai({ apiKey: 'key', baseUrl: `${upstream.url}/v1` })
    await using gateway = await startGateway({
      backends: new Map([['openai', provider]]),
      defaultBackend: 'openai',
    })
    using client = await connect(`${gateway.url}/v1/realtime?conversation=conv_live`)
    await client.next('conversation.created')
    client.send({ type: 'session.update', session: { type: 'realtime', output_modalities: ['text'] } })
    await client.next('session.updated')
    await ask(client, 'Good morning.')
    const { status } = await json(`${gateway.url}/v1/conversations/conv_live/facts`, 'POST', {
      text: 'The gate is blue.',
    })
    expect(status).toBe(201)
    await ask(client, 'Good evening.')
    upstream.dropAll()
    const migrated = await client.next('parley.session.migrated')
    expect(migrated).toMatchObject({ context: { pinned: 1 } })
    await ask(client, 'what did I say')
    expect(JSON.stringify(upstream.received)).toContain('The gate is blue.')
    expect(client.events.filter(({ type }) => type === 'error')).toEqual([])
  })
})

describe('what is known of a person', () => {
  const on = { memory: { people: true } }

  it('is told in their next conversation, as it was corrected', async () => {
    const { gateway, told } = await listening(on)
    await using _ = gateway
    const people = `${gateway.url}/v1/people/${encodeURIComponent('Ada L.')}/facts`
    {
      using client = await connect(`${gateway.url}/v1/realtime?conversation=conv_1&person=Ada%20L.`)
      await ask(client, 'Hello, my name is Ada and I live in Ulm.')
      await ask(client, 'Is it raining?')
      await ask(client, 'Sorry, call me Grace.')
      await expect.poll(async () => (await json(people)).body.data.length, { timeout: 5000 }).toBe(2)
      await expect.poll(async () => JSON.stringify((await json(people)).body)).toContain('Grace')
    }
    const known = (await json(people)).body.data
    expect(known).toMatchObject([
      { text: 'Call me Grace.', conversationId: 'conv_1' },
      { text: 'I live in Ulm.', conversationId: 'conv_1' },
    ])
    // Corrected by hand, it is still what was learned there.
    await json(`${people}/${known[1]?.id}`, 'PATCH', { text: 'I live in Bonn.' })
    expect((await json(people)).body.data[1]).toMatchObject({
      text: 'I live in Bonn.',
      conversationId: 'conv_1',
    })
    using client = await connect(`${gateway.url}/v1/realtime?conversation=conv_2&person=Ada%20L.`)
    expect(await reportOf(client)).toMatchObject({ facts: 2, items: 0 })
    await ask(client, 'Who am I?')
    expect(textOf(told.items(1)[0])).toContain('- Call me Grace.\n- I live in Bonn.')
    expect(textOf(told.items(1)[0])).not.toContain('Ada')
  })

  it('is forgotten in a call that goes on when it is deleted with the conversation it was learned in', async () => {
    const { gateway, told } = await listening(on)
    await using _ = gateway
    {
      using client = await connect(`${gateway.url}/v1/realtime?conversation=conv_1&person=ada`)
      await ask(client, 'I live in Ulm.')
      const people = `${gateway.url}/v1/people/ada/facts`
      await expect.poll(async () => (await json(people)).body.data.length, { timeout: 5000 }).toBe(1)
    }
    using client = await connect(`${gateway.url}/v1/realtime?conversation=conv_2&person=ada`)
    expect(await reportOf(client)).toMatchObject({ facts: 1 })
    await ask(client, 'Hello.')
    const deleted = await json(`${gateway.url}/v1/conversations/conv_1?facts=true`, 'DELETE')
    expect(deleted).toMatchObject({ status: 200, body: { facts: 1 } })
    await json(`${gateway.url}/v1/people/ada/facts`, 'POST', { text: 'I like tea.' })
    await ask(client, 'And now?')
    const notes = told.items(1).filter((item) => item.type === 'message' && item.role === 'system')
    expect(textOf(notes[0])).toContain('I live in Ulm.')
    expect(textOf(notes.at(-1))).toMatch(/- I like tea\.$/)
    expect(textOf(notes.at(-1))).not.toContain('Ulm')
  })

  it('is kept under any name', async () => {
    const { gateway } = await listening(on)
    await using _ = gateway
    for (const name of ["Siobhán O'Brien", 'Anna Ärger/Ölbaum', '50% (Bob) 🦊?#&', '安娜']) {
      const people = `${gateway.url}/v1/people/${encodeURIComponent(name)}/facts`
      // One after the other.
      // oxlint-disable-next-line no-await-in-loop
      expect(await json(people, 'POST', { text: `I am ${name}.` })).toMatchObject({ status: 201 })
      // oxlint-disable-next-line no-await-in-loop
      using client = await connect(`${gateway.url}/v1/realtime?person=${encodeURIComponent(` ${name} `)}`)
      // oxlint-disable-next-line no-await-in-loop
      expect(await reportOf(client)).toMatchObject({ facts: 1 })
      // oxlint-disable-next-line no-await-in-loop
      expect((await json(people.replace(/\/facts$/, ''), 'DELETE')).status).toBe(204)
    }
    for (const name of ['', ' ', '..', 'a\nb', 'x'.repeat(65)]) {
      // oxlint-disable-next-line no-await-in-loop
      await expect(
        connect(`${gateway.url}/v1/realtime?person=${encodeURIComponent(name)}`),
      ).rejects.toMatchObject({ status: 400, body: { error: { param: 'person' } } })
    }
  })

  it('is theirs to change and to delete', async () => {
    const { gateway, told } = await listening(on)
    await using _ = gateway
    const people = `${gateway.url}/v1/people/bob/facts`
    const { body: fact } = await json(people, 'POST', { text: 'My dog is called Rex.' })
    const { body: other } = await json(people, 'POST', { text: 'I like tea.' })
    await json(`${people}/${fact.id}`, 'PATCH', { text: 'My dog is called Max.' })
    expect((await json(`${people}/${other.id}`, 'DELETE')).status).toBe(204)
    expect((await json(`${people}/${other.id}`, 'DELETE')).status).toBe(404)
    {
      using client = await connect(`${gateway.url}/v1/realtime?person=bob`)
      await ask(client, 'Hello.')
      expect(textOf(told.items(0)[0])).toContain('My dog is called Max.')
      expect(textOf(told.items(0)[0])).not.toMatch(/Rex|tea/)
    }
    expect((await json(`${gateway.url}/v1/people/bob`, 'DELETE')).status).toBe(204)
    expect((await json(people)).body).toEqual({ data: [] })
    using client = await connect(`${gateway.url}/v1/realtime?person=bob`)
    expect(await reportOf(client)).toMatchObject({ facts: 0, way: 'none' })
  })

  it('is learned by a model where one is set up', async () => {
    await using chat = await startScriptedChat((messages) =>
      /<said>[^<]*zebra/.test(messages.at(-1)?.content ?? '')
        ? '```json\n{"add": ["I keep a zebra."], "update": [], "remove": []}\n```'
        : 'no idea',
    )
    const { gateway } = await listening({
      memory: { people: true, summary: { url: chat.url, model: 'm-1', key: undefined } },
    })
    await using _ = gateway
    using client = await connect(`${gateway.url}/v1/realtime?person=eve`)
    await ask(client, 'You know, I keep a zebra in the garden.')
    // What the model cannot say is read by patterns.
    await ask(client, 'My name is Eve.')
    const people = `${gateway.url}/v1/people/eve/facts`
    await expect
      .poll(async () => (await json(people)).body.data.map(({ text }) => text), {
        timeout: 5000,
      })
      .toEqual(['I keep a zebra.', 'My name is Eve.'])
  })

  it('is off unless it is set on, and says so', async () => {
    const { gateway } = await listening({})
    await using _ = gateway
    await expect(connect(`${gateway.url}/v1/realtime?person=ada`)).rejects.toMatchObject({
      status: 400,
      body: { error: { code: 'unsupported', param: 'person' } },
    })
    expect(await json(`${gateway.url}/v1/people/ada/facts`, 'POST', { text: 'I like tea.' })).toMatchObject({
      status: 400,
      body: { error: { code: 'unsupported', param: 'person' } },
    })
    expect((await json(`${gateway.url}/v1/people/ada/facts`)).body).toEqual({ data: [] })
  })

  it('is open to a client secret only where it was minted for the person', async () => {
    const { gateway } = await listening(on)
    await using _ = gateway
    await json(`${gateway.url}/v1/people/ada/facts`, 'POST', { text: 'I like tea.' })
    const mint = async (body: object): Promise<string> =>
      (await json(`${gateway.url}/v1/realtime/client_secrets`, 'POST', body)).body.value
    const forAda = await mint({ person: 'ada' })
    const forNobody = await mint({})
    {
      using client = await connect(`${gateway.url}/v1/realtime?access_token=${forAda}`)
      expect(await reportOf(client)).toMatchObject({ facts: 1 })
    }
    for (const [token, person] of [
      [forAda, 'bob'],
      [forNobody, 'ada'],
    ]) {
      // One after the other.
      // oxlint-disable-next-line no-await-in-loop
      await expect(
        connect(`${gateway.url}/v1/realtime?access_token=${token}&person=${person}`),
      ).rejects.toMatchObject({ status: 400, body: { error: { param: 'person' } } })
    }
  })
})
