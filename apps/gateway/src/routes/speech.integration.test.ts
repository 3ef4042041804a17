import { decodeWav, pcm16ToFloat32, rmsDbfs } from '@parley/audio'
import { createModelStore, fliteTts, textToSpeechRouter } from '@parley/core/providers/cascade'
import type { WarmTextToSpeech } from '@parley/core/providers/cascade'
import { OpenAI } from 'openai'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dataDir } from '../testing/gateway-process.ts'
import { startGateway } from '../testing/gateway-under-test.ts'
import type { GatewayUnderTest } from '../testing/gateway-under-test.ts'
import { createListener } from '../testing/recognised-text.ts'

const sentence = 'The quick brown fox jumps over the lazy dog.'

let gateway: GatewayUnderTest
let client: OpenAI

beforeAll(async () => {
  const models = createModelStore({ directory: dataDir() })
  gateway = await startGateway({ tts: textToSpeechRouter([fliteTts()]), models, config: { keys: ['k1'] } })
  client = new OpenAI({ apiKey: 'k1', baseURL: `${gateway.url}/v1`, maxRetries: 0 })
})
afterAll(() => gateway[Symbol.asyncDispose]())

async function refusal(body: unknown, url = gateway.url): Promise<unknown> {
  const response = await fetch(`${url}/v1/audio/speech`, {
    method: 'POST',
    headers: { authorization: 'Bearer k1' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
  const { error } = (await response.json()) as { error: Record<string, unknown> }
  return { status: response.status, code: error['code'], param: error['param'], message: error['message'] }
}

describe('POST /v1/audio/speech', () => {
  it('gives the openai package speech that is understood, as WAV of 24 kHz', async () => {
    await using listener = createListener()
    const asked = { model: 'local', voice: 'slt', input: sentence, response_format: 'wav' } as const
    const response = await client.audio.speech.create(asked)
    expect(response.headers.get('content-type')).toBe('audio/wav')
    const file = new Uint8Array(await response.arrayBuffer())
    const { samples, sampleRate, channels } = decodeWav(file)
    expect([sampleRate, channels]).toEqual([24_000, 1])
    expect(samples.length / sampleRate).toBeGreaterThan(2)
    expect(rmsDbfs(samples)).toBeGreaterThan(-35)
    expect(await listener.hear([file.subarray(44)])).toMatch(/quick brown fox/i)
  })

  it('gives the same sound as bare samples, and the language a voice where an OpenAI one is named', async () => {
    const asked = { model: 'gpt-4o-mini-tts', voice: 'alloy', input: sentence } as const
    const wav = await client.audio.speech.create({ ...asked, response_format: 'wav' })
    const pcm = await client.audio.speech.create({ ...asked, response_format: 'pcm' })
    expect(pcm.headers.get('content-type')).toBe('audio/pcm;rate=24000;channels=1')
    const samples = pcm16ToFloat32(new Uint8Array(await pcm.arrayBuffer()))
    expect(samples).toEqual(decodeWav(new Uint8Array(await wav.arrayBuffer())).samples)
  })

  it('speaks faster when asked', async () => {
    const asked = { model: 'local', voice: 'rms', input: sentence, response_format: 'pcm' } as const
    const [plain, fast] = await Promise.all(
      [1, 1.5].map(async (speed) => {
        const response = await client.audio.speech.create({ ...asked, speed })
        return (await response.arrayBuffer()).byteLength
      }),
    )
    expect((fast ?? 0) / (plain ?? 0)).toBeCloseTo(1 / 1.5, 1)
  })

  it.each([
    [{}, 'invalid_value', 'input'],
    [{ input: ' ...' }, 'invalid_value', 'input'],
    [{ input: 'a'.repeat(4097) }, 'invalid_value', 'input'],
    [{ input: 'Hi', response_format: 'mp3' }, 'unsupported', 'response_format'],
    [{ input: 'Hi', stream_format: 'sse' }, 'unsupported', 'stream_format'],
    [{ input: 'Hi', instructions: 'Whisper.' }, 'unsupported', 'instructions'],
    [{ input: 'Hi', voice: 'nobody' }, 'invalid_value', 'voice'],
    [{ input: 'Hi', language: 'english!' }, 'invalid_value', 'language'],
    [{ input: 'Hi', language: 'xx' }, 'unsupported', 'language'],
    [{ input: 'Hi', speed: 4 }, 'invalid_value', 'speed'],
    [{ input: 'Hi', pitch: 2 }, 'unknown_parameter', 'pitch'],
    ['{', 'invalid_value', 'body'],
  ])('refuses %j and names the field', async (body, code, param) => {
    expect(await refusal(body)).toMatchObject({ status: 400, code, param })
  })

  it('says what to fetch or install for a language that could be spoken', async () => {
    expect(await refusal({ input: 'Guten Tag', language: 'de-AT' })).toMatchObject({
      status: 409,
      code: 'model_not_downloaded',
      param: 'language',
      message: expect.stringMatching(/POST \/v1\/downloads\/pico-de-de .*espeak-ng/),
    })
  })

  it('lets nobody in without the key, and holds no more than a few at once', async () => {
    expect((await fetch(`${gateway.url}/v1/audio/speech`, { method: 'POST' })).status).toBe(401)
    const stuck = Promise.withResolvers<void>()
    const slow: WarmTextToSpeech = {
      name: 'slow',
      voices: [{ name: 'slow', languages: ['en'] }],
      warm: async () => undefined,
      async *synthesize() {
        await stuck.promise
        yield { samples: new Float32Array(160), sampleRate: 16_000 }
      },
      [Symbol.asyncDispose]: async () => undefined,
    }
    await using held = await startGateway({ tts: textToSpeechRouter([slow]) })
    const speak = () =>
      fetch(`${held.url}/v1/audio/speech`, { method: 'POST', body: JSON.stringify({ input: 'Hi' }) })
    const all = Array.from({ length: 5 }, speak)
    expect((await Promise.race(all)).status).toBe(429)
    stuck.resolve()
    const statuses = (await Promise.all(all)).map(({ status }) => status)
    expect(statuses.filter((status) => status === 200)).toHaveLength(4)
  })
})
