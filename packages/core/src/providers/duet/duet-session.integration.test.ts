import { describe, expect, it } from 'vitest'
import { createChannelPair } from '../../channel/channel-pair.ts'
import type { ClientEvent } from '../../events/client-events.ts'
import type { ServerEvent } from '../../events/server-events.ts'
import { runSession } from '../../session/session.ts'
import { memoryStore } from '../../storage/memory-store.ts'
import { speechOf, silenceOf } from '../../testing/provider-laws/sounds.ts'
import { realtimeUpstream } from '../../testing/upstream/upstream.ts'
import { AudioPayload } from '../../events/audio-payload.ts'
import { openai } from '../openai/openai.ts'
import type { Provider } from '../provider.ts'
import { voiceLive } from '../voice-live/voice-live.ts'
import { duet } from './duet.ts'

const key = 'sk-mind-secret'
const pcm = { type: 'audio/pcm', rate: 24_000 } as const

/** A client of a whole session. */
interface Client {
  readonly events: readonly ServerEvent[]
  send(...events: readonly ClientEvent[]): void
  next<Type extends ServerEvent['type']>(type: Type): Promise<Extract<ServerEvent, { type: Type }>>
  ask(text: string): Promise<string>
  leave(): Promise<unknown>
}

/** All of an answer was heard: what was not is not told to the next session. */
function played(itemId: string, events: readonly ServerEvent[]): ClientEvent {
  const deltas = events.filter((event) => event.type === 'response.output_audio.delta')
  const sound = deltas.filter(({ item_id }) => item_id === itemId)
  const bytes = sound.reduce((sum, { delta }) => sum + delta.byteLength, 0)
  const place = { item_id: itemId, content_index: 0, audio_ms: bytes / bytesPerMs }
  return { type: 'extension', dialect: 'openai-ga', event: { type: 'parley.playback.update', ...place } }
}

/** Of `pcm`. */
const bytesPerMs = 48

function join(provider: Provider, store: ReturnType<typeof memoryStore>): Client {
  const [client, server] = createChannelPair<ServerEvent, ClientEvent>()
  let count = 0
  const run = runSession({
    client: server,
    provider,
    model: undefined,
    store,
    conversationId: 'conv_1',
    now: () => performance.now(),
    newId: (prefix) => `${prefix}_${crypto.randomUUID().slice(0, 8)}${++count}`,
    signal: new AbortController().signal,
  })
  const events: ServerEvent[] = []
  const iterator = client[Symbol.asyncIterator]()
  async function next<Type extends ServerEvent['type']>(
    type: Type,
  ): Promise<Extract<ServerEvent, { type: Type }>> {
    for (;;) {
      // Events come one after the other.
      // oxlint-disable-next-line no-await-in-loop
      const { done, value } = await iterator.next()
      if (done) throw new Error(`The session ended before ${type}.`)
      events.push(value)
      if (value.type === type) return value as Extract<ServerEvent, { type: Type }> // its type was compared
    }
  }
  return {
    events,
    next,
    send(...sent) {
      for (const event of sent) client.send(event)
    },
    async ask(text) {
      const content = [{ type: 'input_text' as const, text }]
      client.send({ type: 'conversation.item.create', item: { type: 'message', role: 'user', content } })
      client.send({ type: 'response.create' })
      const { response } = await next('response.done')
      const item = response.output?.[0]
      if (item?.id !== undefined) client.send(played(item.id, events))
      const part = item?.type === 'message' && item.role === 'assistant' ? item.content[0] : undefined
      return part?.type === 'output_audio' ? (part.transcript ?? '') : ''
    },
    async leave() {
      await client.close()
      return run
    },
  }
}

describe('a duet inside a session', () => {
  it('is one spoken backend that remembers, is interrupted and forgets what was not heard', async () => {
    await using mind = await realtimeUpstream('openai', { key, deltaIntervalMs: 2 })
    await using voice = await realtimeUpstream('voice-live', { key, deltaIntervalMs: 2 })
    let count = 0
    const provider = duet({
      name: 'duet',
      mind: { provider: openai({ apiKey: key, baseUrl: `${mind.url}/v1` }) },
      voice: { provider: voiceLive({ endpoint: voice.url, credential: { key }, model: 'gpt-4.1' }) },
      now: () => performance.now(),
      newId: (prefix) => `${prefix}_duet${++count}`,
    })
    const store = memoryStore()
    const first = join(provider, store)
    await first.next('session.created')
    first.send({ type: 'session.update', session: { type: 'realtime', instructions: 'Be brief.' } })
    await first.next('session.updated')
    expect(await first.ask('my name is Ada')).toBe('You said: my name is Ada.')
    const spoken = {
      type: 'input_audio_buffer.append',
      audio: AudioPayload.fromBytes(speechOf(pcm, 600)),
    } as const
    const quiet = {
      type: 'input_audio_buffer.append',
      audio: AudioPayload.fromBytes(silenceOf(pcm, 1500)),
    } as const
    first.send(spoken, quiet)
    const { response } = await first.next('response.done')
    expect(response.output?.[0]).toMatchObject({ content: [{ transcript: 'I heard you.' }] })
    first.send({
      type: 'conversation.item.create',
      item: { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'count to 60' }] },
    })
    first.send({ type: 'response.create' })
    const { item_id } = await first.next('response.output_audio.delta')
    first.send(spoken, quiet)
    await first.next('input_audio_buffer.speech_started')
    expect((await first.next('response.done')).response.status).toBe('cancelled')
    first.send({ type: 'conversation.item.truncate', item_id, content_index: 0, audio_end_ms: 0 })
    await first.next('conversation.item.truncated')
    await first.next('response.done')
    expect(await first.ask('what did I say')).toMatch(/^You said before: my name is Ada .*count to 60/)
    expect(first.events.filter(({ type }) => type === 'error' || type === 'warning')).toEqual([])
    await first.leave()

    const second = join(provider, store)
    await second.next('session.created')
    const remembered = await second.ask('what did I say')
    expect(remembered).toContain('my name is Ada')
    expect(remembered).toContain('You said: my name is Ada.')
    expect(remembered).not.toContain('three four five')
    await second.leave()
    expect([mind.violations, voice.violations]).toEqual([[], []])
  })
})
