import { decodeWav } from '@parley/audio'
import { describe, expect, it } from 'vitest'
import type { Transcript } from '../../stages.ts'
import { loopbackServer, sendJson, type LoopbackServer } from '../__fixtures__/loopback-server.ts'
import { openaiSpeechToText, type OpenAISpeechToTextOptions } from './openai-speech-to-text.ts'

const tone = {
  samples: Float32Array.from({ length: 1600 }, (_, at) => Math.sin(at / 5) / 2),
  sampleRate: 16_000,
}

interface Asked {
  readonly language?: string
  readonly signal?: AbortSignal
  readonly onText?: (text: string) => void
}

function transcribe(
  { url }: Pick<LoopbackServer, 'url'>,
  asked: Asked = {},
  options: Partial<OpenAISpeechToTextOptions> = {},
): Promise<Transcript> {
  return openaiSpeechToText({ url, key: 'sk-secret', model: 'whisper-1', ...options }).transcribe(tone, {
    language: undefined,
    speculative: false,
    signal: new AbortController().signal,
    ...asked,
  })
}

const events = (...values: unknown[]): string =>
  values.map((value) => `event: x\ndata: ${JSON.stringify(value)}\n\n`).join('')

describe('a transcription request', () => {
  it('is a form with the sound as a WAV file, the model and the primary language', async () => {
    const server = await loopbackServer((response) => sendJson(response, { text: ' Guten Tag. ' }))
    const transcript = await transcribe(server, { language: 'de-AT' }, { prompt: 'Parley' })
    expect(transcript).toEqual({ text: 'Guten Tag.', confidence: 0, language: 'de-AT' })
    const [request] = server.requests
    expect(request).toMatchObject({ method: 'POST', path: '/v1/audio/transcriptions' })
    expect(request?.headers).toMatchObject({ authorization: 'Bearer sk-secret' })
    const form = await request?.form()
    const file = form?.get('file')
    expect(Object.fromEntries([...(form ?? [])].filter(([name]) => name !== 'file'))).toEqual({
      model: 'whisper-1',
      response_format: 'json',
      language: 'de',
      prompt: 'Parley',
      stream: 'true',
    })
    if (!(file instanceof File)) throw new Error('The sound is not a file.')
    expect([file.name, file.type]).toEqual(['speech.wav', 'audio/wav'])
    const sound = decodeWav(new Uint8Array(await file.arrayBuffer()))
    expect([sound.sampleRate, sound.samples.length, sound.channels]).toEqual([16_000, 1600, 1])
    expect(sound.samples[100]).toBeCloseTo(tone.samples[100] ?? 0, 3)
  })

  it('keeps the path and the query of the address', async () => {
    const server = await loopbackServer((response) => sendJson(response, { text: 'x' }))
    await transcribe({ url: `${server.url}/openai/v1/audio/transcriptions?api-version=1` })
    expect(server.requests[0]?.path).toBe('/openai/v1/audio/transcriptions?api-version=1')
  })

  it('is made again without streaming when the server refuses that, and stays so', async () => {
    const server = await loopbackServer(async (response, request) => {
      const refused = (await request.form()).has('stream')
      sendJson(
        response,
        refused ? { error: { message: 'Unknown field: stream' } } : { text: 'yes' },
        refused ? 400 : 200,
      )
    })
    const stt = openaiSpeechToText({ url: server.url, model: 'm' })
    const options = { language: undefined, speculative: false, signal: new AbortController().signal }
    expect((await stt.transcribe(tone, options)).text).toBe('yes')
    expect((await stt.transcribe(tone, options)).text).toBe('yes')
    expect(server.requests).toHaveLength(3)
  })
})

describe('a transcription', () => {
  it('is heard while it is recognised, with the mean log-probability of its tokens', async () => {
    const server = await loopbackServer((response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).end(
        events(
          { type: 'transcript.text.delta', delta: 'Hello' },
          { type: 'transcript.text.delta', delta: ' there' },
          {
            type: 'transcript.text.done',
            text: 'Hello there.',
            logprobs: [
              { token: 'Hello', logprob: -0.2 },
              { token: ' there.', logprob: -0.4 },
            ],
          },
        ),
      )
    })
    const heard: string[] = []
    const { text, confidence } = await transcribe(server, { onText: (words) => heard.push(words) })
    expect(heard).toEqual(['Hello', ' there', '.'])
    expect(text).toBe('Hello there.')
    expect(confidence).toBeCloseTo(-0.3)
  })

  it('takes confidence and language from the verbose form', async () => {
    const server = await loopbackServer((response) =>
      sendJson(response, {
        text: 'Hallo',
        language: 'german',
        segments: [{ avg_logprob: -0.5 }, { avg_logprob: -1.5 }],
      }),
    )
    expect(await transcribe(server)).toEqual({ text: 'Hallo', confidence: -1, language: 'de' })
  })

  it('ends when the caller gives up, and so does the request', async () => {
    const arrived = Promise.withResolvers<void>()
    const server = await loopbackServer(() => arrived.resolve())
    const controller = new AbortController()
    const answer = transcribe(server, { signal: controller.signal })
    await arrived.promise
    controller.abort(new Error('no longer wanted'))
    await expect(answer).rejects.toThrow('no longer wanted')
    expect(await server.ended).toBe('cut')
  })
})

describe('a failing speech-to-text server', () => {
  it.each([
    [
      401,
      { error: { message: 'Incorrect API key provided: sk-secret' } },
      'invalid_api_key',
      'PARLEY_STT_KEY',
    ],
    [404, { error: { message: 'The model does not exist' } }, 'model_not_found', 'PARLEY_STT_MODEL'],
    [429, { error: { code: 'insufficient_quota' } }, 'insufficient_quota', 'billing'],
    [429, { error: { message: 'Slow down' } }, 'rate_limit_exceeded', 'Slow down'],
    [422, { detail: 'language xx is not known' }, 'invalid_value', 'language xx'],
    [500, 'boom', 'backend_unavailable', 'failed'],
    [200, { answer: 42 }, 'backend_unavailable', 'PARLEY_STT_URL'],
    [200, { error: { message: 'overloaded' } }, 'backend_unavailable', 'overloaded'],
  ])('with status %i and body %j says what to check and never the key', async (status, body, code, words) => {
    const server = await loopbackServer((response) => sendJson(response, body, status))
    const error: unknown = await transcribe(server).catch((failure: unknown) => failure)
    expect(error).toMatchObject({ code })
    expect(String(error)).toContain(words)
    expect(JSON.stringify([error, String(error)])).not.toMatch(/sk-secret|127\.0\.0\.1/)
  })

  it('that is silent is given up in time', async () => {
    const server = await loopbackServer(() => undefined)
    await expect(transcribe(server, {}, { timeoutMs: 30 })).rejects.toThrow('did not answer in time')
  })

  it('that stops in the middle of its words is given up in time', async () => {
    const server = await loopbackServer((response) => {
      response
        .writeHead(200, { 'content-type': 'text/event-stream' })
        .write(events({ type: 'transcript.text.delta', delta: 'Hel' }))
    })
    await expect(transcribe(server, {}, { timeoutMs: 30 })).rejects.toThrow('stopped in the middle')
  })

  it('whose stream ends before the text is whole is an error', async () => {
    const server = await loopbackServer((response) => {
      response
        .writeHead(200, { 'content-type': 'text/event-stream' })
        .end(events({ type: 'transcript.text.delta', delta: 'Hel' }))
    })
    await expect(transcribe(server)).rejects.toMatchObject({ code: 'backend_unavailable' })
  })

  it('that nobody runs is named by its setting', async () => {
    await expect(transcribe({ url: 'http://127.0.0.1:9' })).rejects.toThrow('PARLEY_STT_URL')
  })

  it('with an unusable address is refused at once', () => {
    expect(() => openaiSpeechToText({ url: 'nonsense', model: 'm' })).toThrow('The speech-to-text address')
  })
})
