import { afterEach, describe, expect, it } from 'vitest'
import { openai, voiceLive } from '@parley/core/providers'
import { realtimeUpstream } from '@parley/core/testing'
import { startGateway } from './testing/gateway-under-test.ts'
import { connect, userText } from './testing/test-client.ts'
import type { TestClient } from './testing/test-client.ts'

const key = 'key-of-the-service'
const voiceLivePath = '/voice-live/realtime?api-version=2026-07-15'

/** Everything Voice Live has beside the preview shape. */
const extended = {
  modalities: ['text', 'audio'],
  voice: { type: 'azure-standard', name: 'en-US-AvaMultilingualNeural', style: 'cheerful', rate: '1.1' },
  turn_detection: {
    type: 'azure_semantic_vad_multilingual',
    threshold: 0.4,
    silence_duration_ms: 400,
    speech_duration_ms: 100,
    remove_filler_words: true,
    languages: ['en', 'de'],
    interrupt_response: true,
    auto_truncate: true,
  },
  input_audio_noise_reduction: { type: 'azure_deep_noise_suppression' },
  input_audio_echo_cancellation: { type: 'server_echo_cancellation' },
  input_audio_transcription: { model: 'azure-speech', language: 'en-US', phrase_list: ['Parley'] },
  input_audio_sampling_rate: 16_000,
  output_audio_timestamp_types: ['word'],
  animation: { outputs: ['viseme_id'] },
}

let parts: AsyncDisposableStack | undefined
afterEach(async () => {
  await parts?.disposeAsync()
  parts = undefined
})

async function start(wire: 'voice-live' | 'openai', model?: string) {
  parts = new AsyncDisposableStack()
  const upstream = parts.use(await realtimeUpstream(wire, { key }))
  const provider =
    wire === 'openai'
      ? openai({ apiKey: key, baseUrl: `${upstream.url}/v1` })
      : voiceLive({ endpoint: upstream.url, credential: { key }, ...(model !== undefined && { model }) })
  const gateway = parts.use(
    await startGateway({ backends: new Map([[wire, provider]]), defaultBackend: wire }),
  )
  return {
    upstream,
    async dial(path: string): Promise<TestClient> {
      const client = await connect(`${gateway.url}${path}`)
      await client.next('session.created')
      return client
    },
  }
}

const update = (session: object) => ({ type: 'session.update', session })

describe('what only Voice Live has', () => {
  it('reaches it whole and comes back', async () => {
    const { upstream, dial } = await start('voice-live', 'gpt-4.1')
    using client = await dial(voiceLivePath)
    client.send(update(extended))
    const { session } = await client.next('session.updated')
    expect(session).toMatchObject(extended)

    client.send(userText('good morning'))
    client.send({ type: 'response.create' })
    expect(await client.next('response.audio_timestamp.delta')).toMatchObject({ timestamp_type: 'word' })
    expect(await client.next('response.animation_viseme.delta')).toMatchObject({
      viseme_id: expect.any(Number),
    })
    await client.next('response.audio_transcript.done')
    await client.next('response.done')

    client.send({
      type: 'response.create',
      response: {
        pre_generated_assistant_message: {
          type: 'message',
          role: 'assistant',
          content: [{ type: 'text', text: 'Word for word.' }],
        },
      },
    })
    expect(await client.next('response.audio_transcript.done')).toMatchObject({
      transcript: 'Word for word.',
    })
    await client.next('response.done')
    expect(client.events.filter(({ type }) => type === 'error' || type === 'warning')).toEqual([])
    expect(upstream.violations).toEqual([])
  })

  it('can be asked for by a client of GA', async () => {
    const { upstream, dial } = await start('voice-live')
    using client = await dial('/v1/realtime')
    const { voice, output_audio_timestamp_types } = extended
    client.send(
      update({ type: 'realtime', extensions: { voice, output_audio_timestamp_types, temperature: 0.7 } }),
    )
    const { session } = await client.next('session.updated')
    expect(session).toMatchObject({ audio: { output: { voice: voice.name } }, extensions: { voice } })
    client.send(userText('good morning'))
    client.send({ type: 'response.create' })
    expect(await client.next('response.audio_timestamp.delta')).toMatchObject({ timestamp_type: 'word' })
    await client.next('response.done')
    expect(upstream.violations).toEqual([])
  })

  it('signals an avatar through', async () => {
    const { upstream, dial } = await start('voice-live', 'gpt-4.1')
    using client = await dial(voiceLivePath)
    client.send(
      update({
        modalities: ['text', 'audio', 'avatar'],
        avatar: { character: 'lisa', style: 'casual-sitting', customized: false },
      }),
    )
    await client.next('session.updated')
    client.send({ type: 'session.avatar.connect', client_sdp: Buffer.from('v=0').toString('base64') })
    expect(await client.next('session.avatar.connecting')).toMatchObject({ server_sdp: expect.any(String) })
    expect(upstream.violations).toEqual([])
  })

  it('is refused by name elsewhere, or left out with a warning, and the call goes on', async () => {
    const { upstream, dial } = await start('openai')
    using client = await dial(voiceLivePath)
    client.send(update({ avatar: { character: 'lisa' } }))
    expect(await client.next('error')).toMatchObject({
      error: { code: 'unsupported', param: 'session.avatar' },
    })
    client.send({ type: 'session.avatar.connect', client_sdp: 'dj0w' })
    expect(await client.next('error')).toMatchObject({ error: { code: 'unsupported' } })

    const { output_audio_timestamp_types: _words, animation: _visemes, ...enhancements } = extended
    client.send(update(enhancements))
    await client.next('session.updated')
    const warned = client.events.flatMap((event) =>
      event.type === 'warning' ? [(event['warning'] as { readonly param?: unknown }).param] : [],
    )
    expect(new Set(warned)).toEqual(
      new Set([
        'session.input_audio_echo_cancellation',
        'session.input_audio_noise_reduction',
        'session.input_audio_transcription',
        'session.input_audio_transcription.model',
        'session.turn_detection',
        'session.voice',
      ]),
    )
    client.send(userText('good morning'))
    client.send({ type: 'response.create' })
    expect(await client.next('response.audio_transcript.done')).toMatchObject({
      transcript: 'You said: good morning.',
    })
    expect(upstream.violations).toEqual([])
  })
})
