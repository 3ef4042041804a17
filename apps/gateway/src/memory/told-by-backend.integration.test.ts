import type { Provider } from '@parley/core'
import { azureOpenai, openai, voiceLive } from '@parley/core/providers'
import { geminiLive } from '@parley/core/providers/gemini-live'
import { memoryStore } from '@parley/core/storage'
import { geminiUpstream, realtimeUpstream } from '@parley/core/testing'
import type { Upstream } from '@parley/core/testing'
import { describe, expect, it } from 'vitest'
import { startGateway } from '../testing/gateway-under-test.ts'
import { connect, userText } from '../testing/test-client.ts'

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

describe.each(Object.keys(services))('a conversation that goes on at %s', (name) => {
  it.each([true, false])(
    'is told with its facts, also where the client sets nothing: sets %s',
    async (sets) => {
      const made = await services[name]?.()
      if (made === undefined) throw new Error('There is no such service.')
      await using upstream = made.upstream
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
      await using gateway = await startGateway({
        store,
        backends: new Map([[name, made.provider]]),
        defaultBackend: name,
      })
      using client = await connect(`${gateway.url}/v1/realtime?conversation=conv_1`)
      const created = await client.next('conversation.created')
      expect(created).toMatchObject({
        parley: {
          context: { way: made.provider.capabilities.historySeeding, items: 2, pinned: 1, left_out: 0 },
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
