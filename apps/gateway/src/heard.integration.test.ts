import { float32ToPcm16 } from '@parley/audio'
import { tone } from '@parley/audio/testing'
import { openai, voiceLive } from '@parley/core/providers'
import { memoryStore } from '@parley/core/storage'
import type { ContextEntry } from '@parley/core/storage'
import { realtimeUpstream } from '@parley/core/testing'
import { afterEach, describe, expect, it } from 'vitest'
import { startGateway } from './testing/gateway-under-test.ts'
import { connect, userText } from './testing/test-client.ts'
import type { TestClient } from './testing/test-client.ts'

const key = 'key-of-the-service'
/** Where clients of each dialect connect; the path of Voice Live names its own. */
const dialects = [
  ['openai-ga', '/v1/realtime?'],
  ['openai-beta', '/v1/realtime?dialect=openai-beta&'],
  ['voice-live', '/voice-live/realtime?api-version=2026-07-15&'],
] as const

let parts: AsyncDisposableStack | undefined
afterEach(async () => {
  await parts?.disposeAsync()
  parts = undefined
})

/** A gateway before two services, with a clock that stands still unless the test moves it. */
async function start() {
  parts = new AsyncDisposableStack()
  const first = parts.use(await realtimeUpstream('voice-live', { key }))
  const second = parts.use(await realtimeUpstream('openai', { key }))
  const store = memoryStore()
  const clock = { now: 1_000_000 }
  const gateway = parts.use(
    await startGateway({
      store,
      now: () => clock.now,
      backends: new Map([
        ['first', voiceLive({ endpoint: first.url, credential: { key } })],
        ['second', openai({ apiKey: key, baseUrl: `${second.url}/v1` })],
      ]),
      defaultBackend: 'first',
    }),
  )
  return {
    clock,
    upstream: first,
    async dial(path: string, backend: string): Promise<TestClient> {
      const client = await connect(`${gateway.url}${path}conversation=conv_heard&backend=${backend}`)
      await client.next('session.created')
      return client
    },
    async entries(): Promise<readonly ContextEntry[]> {
      const stored = await store.load('conv_heard')
      return (stored?.entries ?? []).map(({ entry }) => entry)
    },
  }
}

/** Has ten words spoken, 200 ms each, all of them there at once. */
async function count(client: TestClient): Promise<string> {
  client.send(userText('count to 10'))
  client.send({ type: 'response.create' })
  const { response } = await client.next('response.done')
  return JSON.parse(JSON.stringify(response)).output[0].id
}

/** What the second backend knows of the conversation. */
async function knownToSecond({ dial }: Awaited<ReturnType<typeof start>>): Promise<string> {
  using client = await dial('/v1/realtime?', 'second')
  client.send(userText('what did I say?'))
  client.send({ type: 'response.create' })
  const { transcript } = await client.next('response.output_audio_transcript.done')
  return String(transcript)
}

const speech = Buffer.from(float32ToPcm16(tone({ frequency: 440, sampleRate: 24_000, length: 4_800 })))
const speak = (client: TestClient): void =>
  client.send({ type: 'input_audio_buffer.append', audio: speech.toString('base64') })
const heard = (entries: readonly ContextEntry[]) => entries.filter(({ type }) => type === 'heard')
const truncates = (received: readonly unknown[]) =>
  received.filter((event) => JSON.stringify(event).includes('conversation.item.truncate'))

describe.each(dialects)('a client that speaks %s', (_dialect, path) => {
  it('and only stops playing when the user interrupts has the backends told what was heard', async () => {
    const session = await start()
    using client = await session.dial(path, 'first')
    const item_id = await count(client)
    session.clock.now += 650
    speak(client)
    await client.next('input_audio_buffer.speech_started')

    const cut = { item_id, content_index: 0, audio_end_ms: 650 }
    expect(await client.next('conversation.item.truncated')).toMatchObject({
      ...cut,
      parley: { heard_transcript: 'one two three' },
    })
    expect(truncates(session.upstream.received)).toMatchObject([
      { type: 'conversation.item.truncate', ...cut },
    ])
    expect(session.upstream.violations).toEqual([])
    expect(heard(await session.entries())).toMatchObject([
      { itemId: item_id, generatedMs: 2_000, heardMs: 650, heardTranscript: 'one two three', by: 'clock' },
    ])
    expect(await knownToSecond(session)).toBe('You said before: count to 10 || one two three.')
  })

  it('and leaves while the answer sounds is remembered with what it heard', async () => {
    const session = await start()
    using client = await session.dial(path, 'first')
    await count(client)
    session.clock.now += 450
    client.socket.close(1000)
    await client.closed

    expect(await knownToSecond(session)).toBe('You said before: count to 10 || one two.')
    expect(heard(await session.entries())).toMatchObject([{ heardMs: 450, by: 'clock' }])
  })

  it('and says what it has played is believed to the word', async () => {
    const session = await start()
    using client = await session.dial(path, 'first')
    client.send({ type: 'session.update', session: azureVoice(path) })
    await client.next('session.updated')
    const item_id = await count(client)
    session.clock.now += 1_900
    const update = { type: 'parley.playback.update', item_id, content_index: 0 }
    // The third word sounds from 400 to 500 ms, says the backend; without it half of the word would be missing.
    client.send({ ...update, audio_ms: 500 })
    client.send({ ...update, audio_ms: 499, event_id: 'back' })
    expect(await client.next('error')).toMatchObject({
      error: { code: 'invalid_value', param: 'audio_ms', event_id: 'back' },
    })
    client.socket.close(1000)
    await client.closed

    expect(await knownToSecond(session)).toBe('You said before: count to 10 || one two three.')
    expect(heard(await session.entries())).toMatchObject([{ heardMs: 500, by: 'playback' }])
    expect(client.events.filter(({ type }) => type.startsWith('response.audio_timestamp'))).toEqual([])
  })

  it('and truncates itself is not spoken for', async () => {
    const session = await start()
    using client = await session.dial(path, 'first')
    const item_id = await count(client)
    session.clock.now += 650
    speak(client)
    await client.next('input_audio_buffer.speech_started')
    client.send({ type: 'conversation.item.truncate', item_id, content_index: 0, audio_end_ms: 420 })
    expect(await client.next('conversation.item.truncated')).toMatchObject({ audio_end_ms: 420 })
    await goOn(client)

    expect(truncates(session.upstream.received)).toHaveLength(1)
    expect(heard(await session.entries()).at(-1)).toMatchObject({
      heardTranscript: 'one two',
      by: 'truncate',
    })
  })
})

/** Ends the user's turn, and has an answer made that takes longer than the session waits for a truncate. */
async function goOn(client: TestClient): Promise<void> {
  const quiet = Buffer.alloc(24_000 * 2 * 2)
  client.send({ type: 'input_audio_buffer.append', audio: quiet.toString('base64') })
  await client.next('response.done')
  client.send(userText('count to 120'))
  client.send({ type: 'response.create' })
  await client.next('response.done')
}

function azureVoice(path: string): object {
  const name = 'en-US-AvaMultilingualNeural'
  return path.startsWith('/v1/realtime?dialect') || path.startsWith('/voice-live')
    ? { voice: path.startsWith('/voice-live') ? { type: 'azure-standard', name } : name }
    : { type: 'realtime', audio: { output: { voice: name } } }
}
