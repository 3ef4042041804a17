import { base64ToBytes, bytesToBase64 } from '@parley/audio'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { WireEvent } from './testing/event-log.ts'
import { dataDir, GatewayProcess } from './testing/gateway-process.ts'
import { createListener, shareHeard } from './testing/recognised-text.ts'
import { atSpeakingPace, spokenText } from './testing/spoken-text.ts'
import { connect, userText } from './testing/test-client.ts'
import type { TestClient } from './testing/test-client.ts'

const innerKey = 'inner-key'
const stack = new AsyncDisposableStack()
const listener = stack.use(createListener())
let inner: GatewayProcess
let outerUrl: string
let question: readonly Uint8Array<ArrayBuffer>[]

beforeAll(async () => {
  const quiet = { PARLEY_STORE: 'memory' }
  inner = stack.use(new GatewayProcess({ ...quiet, PARLEY_DATA_DIR: dataDir(), PARLEY_KEY: innerKey }))
  const innerUrl = await inner.url()
  await inner.logged('engines are ready')
  const outer = stack.use(
    new GatewayProcess({
      ...quiet,
      PARLEY_DATA_DIR: dataDir(),
      PARLEY_COMPATIBLE_URL: `${innerUrl}/v1`,
      PARLEY_COMPATIBLE_KEY: innerKey,
      PARLEY_COMPATIBLE_2_URL: `${innerUrl}/v1?dialect=openai-beta`,
      PARLEY_COMPATIBLE_2_KEY: innerKey,
      PARLEY_COMPATIBLE_2_DIALECT: 'openai-beta',
      PARLEY_COMPATIBLE_2_NAME: 'compatible-beta',
      PARLEY_VOICE_LIVE_ENDPOINT: innerUrl,
      PARLEY_VOICE_LIVE_KEY: innerKey,
      PARLEY_AZURE_OPENAI_ENDPOINT: innerUrl,
      PARLEY_AZURE_OPENAI_KEY: innerKey,
      PARLEY_AZURE_OPENAI_TRANSCRIPTION_DEPLOYMENT: 'whisper-1',
    }),
  )
  outerUrl = await outer.url()
  question = await spokenText('What can you remember?', { leadMs: 400, tailMs: 1200 })
})

afterAll(() => stack.disposeAsync())

const spoken = z.object({
  response: z.object({
    id: z.string(),
    status: z.literal('completed'),
    output: z.tuple([z.object({ content: z.tuple([z.object({ transcript: z.string() })]) })]),
  }),
})

const delta = z.object({
  type: z.literal('response.output_audio.delta'),
  response_id: z.string(),
  delta: z.string(),
})

/** Transcript and sound of an answer that ended. */
function answerOf(done: WireEvent, { events }: TestClient): { text: string; sound: Uint8Array[] } {
  const { response } = spoken.parse(done)
  const sound = events.flatMap((event) => {
    const { success, data } = delta.safeParse(event)
    return success && data.response_id === response.id ? [base64ToBytes(data.delta)] : []
  })
  return { text: response.output[0].content[0].transcript, sound }
}

describe('a Parley behind a Parley', () => {
  it.each([
    ['openai-compatible', 'openai-ga'],
    ['compatible-beta', 'openai-beta'],
    ['voice-live', 'voice-live'],
    ['azure-openai', 'openai-ga'],
  ])('holds a spoken conversation as %s', async (backend, dialect) => {
    using client = await connect(`${outerUrl}/v1/realtime?model=${backend}`)
    await client.next('session.created')
    await inner.logged(`"dialect":"${dialect}"`)
    client.send({
      type: 'session.update',
      session: {
        type: 'realtime',
        audio: { input: { transcription: { model: 'whisper-1' }, turn_detection: { type: 'server_vad' } } },
      },
    })
    await client.next('session.updated')

    client.send(userText('What is seven times six?'))
    client.send({ type: 'response.create' })
    const written = answerOf(await client.next('response.done'), client)
    expect(written.text).toContain('42')

    await atSpeakingPace(question, (frame) =>
      client.send({ type: 'input_audio_buffer.append', audio: bytesToBase64(frame) }),
    )
    const heard = await client.next('conversation.item.input_audio_transcription.completed')
    expect(heard).toMatchObject({ transcript: expect.stringMatching(/what can you remember/i) })
    const { text, sound } = answerOf(await client.next('response.done'), client)
    expect(shareHeard(text, await listener.hear(sound))).toBeGreaterThan(0.8)
    expect(client.events.filter(({ type }) => type === 'error')).toEqual([])
  })

  it('says which key the inner one refused', async () => {
    await using stranger = new GatewayProcess({
      PARLEY_STORE: 'memory',
      PARLEY_DATA_DIR: dataDir(),
      PARLEY_COMPATIBLE_URL: `${await inner.url()}/v1`,
      PARLEY_COMPATIBLE_KEY: 'wrong',
    })
    using client = await connect(`${await stranger.url()}/v1/realtime?model=openai-compatible`)
    expect(await client.next('error')).toMatchObject({ error: { code: 'invalid_api_key' } })
    expect(await client.closed).toMatchObject({ code: 1008 })
  })
})
