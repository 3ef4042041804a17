import type { Provider } from '@parley/core'
import { azureOpenai, openai, voiceLive } from '@parley/core/providers'
import { geminiLive } from '@parley/core/providers/gemini-live'
import { memoryStore } from '@parley/core/storage'
import { geminiUpstream, realtimeUpstream } from '@parley/core/testing'
import type { Upstream } from '@parley/core/testing'
import { describe, expect, it } from 'vitest'
import { startGateway } from '../testing/gateway-under-test.ts'
import type { GatewayOptions } from '../testing/gateway-under-test.ts'
import { ask, connect, userText } from '../testing/test-client.ts'
import type { TestClient } from '../testing/test-client.ts'

const key = 'key-of-the-service'
const fact = 'The gate is blue.'

const services: Readonly<Record<string, () => Promise<{ upstream: Upstream; provider: Provider }>>> = {
  async openai() {
    const upstream = await realtimeUpstream('openai', { key })
    return { upstream, provider: openai({ apiKey: key, baseUrl: `${upstream.url}/v1` }) }
  },
  async 'azure-openai'() {
    const upstream = await realtimeUpstream('azure-openai', { key, deployments: ['our-realtime'] })
    const deployment = { credential: { key }, deployment: 'our-realtime' }
    return { upstream, provider: azureOpenai({ endpoint: upstream.url, ...deployment }) }
  },
  async 'voice-live'() {
    const upstream = await realtimeUpstream('voice-live', { key })
    return { upstream, provider: voiceLive({ endpoint: upstream.url, credential: { key } }) }
  },
  async 'gemini-live'() {
    const upstream = await geminiUpstream({ key })
    return { upstream, provider: geminiLive({ apiKey: key, baseUrl: upstream.url }) }
  },
}

/** A service with nothing said to it, and a gateway in front of it. */
async function served(name: string, options: GatewayOptions = {}) {
  const made = await services[name]?.()
  if (made === undefined) throw new Error('There is no such service.')
  const backends = new Map([[name, made.provider]])
  return { ...made, gateway: await startGateway({ backends, defaultBackend: name, ...options }) }
}

/** What the service was told from here on. */
const since = ({ received }: Upstream, count: number): string => JSON.stringify(received.slice(count))

describe.each(Object.keys(services))('a conversation that goes on at %s', (name) => {
  it.each([true, false])(
    'is told with its facts, also where the client sets nothing: sets %s',
    async (sets) => {
      const store = memoryStore()
      await store.append(
        'conv_1',
        [
          {
            type: 'item',
            previousItemId: null,
            item: {
              id: 'item_a',
              type: 'message',
              role: 'user',
              content: [{ type: 'input_text', text: 'I come from Ulm' }],
            },
          },
          {
            type: 'item',
            previousItemId: 'item_a',
            item: {
              id: 'item_b',
              type: 'message',
              role: 'assistant',
              content: [{ type: 'output_text', text: 'Noted.' }],
            },
          },
          { type: 'pinned', factId: 'fact_1', text: fact },
        ],
        0,
      )
      const { upstream, provider, gateway } = await served(name, { store })
      await using _ = upstream
      await using __ = gateway
      using client = await connect(`${gateway.url}/v1/realtime?conversation=conv_1`)
      const created = await client.next('conversation.created')
      expect(created).toMatchObject({
        parley: {
          context: { way: provider.capabilities.historySeeding, items: 2, pinned: 1, left_out: 0 },
        },
      })
      if (sets) {
        const session = { type: 'realtime', output_modalities: ['text'], instructions: 'Be kind.' }
        client.send({ type: 'session.update', session })
        const updated = await client.next('session.updated')
        expect(updated).toMatchObject({ session: { instructions: 'Be kind.' } })
      }
      client.send(userText('what did I say'))
      client.send({ type: 'response.create' })
      await client.next('response.done')

      const told = JSON.stringify(upstream.received)
      expect(told.split(fact)).toHaveLength(2)
      expect(told.split('I come from Ulm')).toHaveLength(2)
      if (sets) expect(told).toContain('Be kind.')
      expect(JSON.stringify(client.events)).not.toContain(fact)
      expect(upstream.connections).toHaveLength(1)
      expect(upstream.violations).toEqual([])
      expect(client.events.filter(({ type }) => type === 'error' || type === 'warning')).toEqual([])
    },
  )
})

describe.each(Object.keys(services))('a session that runs at %s', (name) => {
  it('tells it a fact that is pinned over REST before the next turn, and when it is gone', async () => {
    const { upstream, gateway } = await served(name)
    await using _ = upstream
    await using __ = gateway
    using client = await connect(`${gateway.url}/v1/realtime?conversation=conv_1`)
    client.send({ type: 'session.update', session: { type: 'realtime', instructions: 'Be kind.' } })
    await client.next('session.updated')
    await ask(client, 'hello')
    const facts = `${gateway.url}/v1/conversations/conv_1/facts`

    const before = upstream.received.length
    const pinned = await fetch(facts, { method: 'POST', body: JSON.stringify({ text: fact }) })
    await ask(client, 'and the gate?')
    const told = since(upstream, before)
    expect(told.split(fact)).toHaveLength(2)
    expect(told.indexOf(fact)).toBeLessThan(told.indexOf('and the gate?'))

    const then = upstream.received.length
    await fetch(new URL(pinned.headers.get('location') ?? '', gateway.url), { method: 'DELETE' })
    await ask(client, 'and now?')
    const after = since(upstream, then)
    expect(after).not.toContain(fact)
    expect(after).toMatch(
      name === 'gemini-live'
        ? /Be kind\.".*and now/
        : /"type":"conversation\.item\.delete","item_id":"notes_.*and now/,
    )
    expectUnseen(client, upstream)
  })

  it('takes from it what is known of a person when they have it forgotten', async () => {
    const { upstream, gateway } = await served(name, { memory: { people: true } })
    await using _ = upstream
    await using __ = gateway
    const person = `${gateway.url}/v1/people/ada`
    await fetch(`${person}/facts`, { method: 'POST', body: JSON.stringify({ text: fact }) })
    using client = await connect(`${gateway.url}/v1/realtime?conversation=conv_1&person=ada`)
    await ask(client, 'hello')
    expect(since(upstream, 0)).toContain(fact)

    const before = upstream.received.length
    await fetch(person, { method: 'DELETE' })
    await ask(client, 'and now?')
    const after = since(upstream, before)
    expect(after).not.toContain(fact)
    expect(after).toMatch(
      name === 'gemini-live'
        ? /contextUpdate.*forget what those said.*and now/
        : /"type":"conversation\.item\.delete","item_id":"parley_context".*and now/,
    )
    expectUnseen(client, upstream)
  })
})

/** Nobody broke a rule, and the client has seen nothing of the notes. */
function expectUnseen(client: TestClient, upstream: Upstream): void {
  const seen = JSON.stringify(client.events)
  expect(seen).not.toContain(fact)
  expect(seen).not.toMatch(/parley_context|notes_/)
  expect(client.events.filter(({ type }) => type === 'error' || type === 'warning')).toEqual([])
  expect(upstream.violations).toEqual([])
}
