import { encodeWav, float32ToPcm16 } from '@parley/audio'
import { describe, expect, it } from 'vitest'
import type { Pcm } from '../../stages.ts'
import { loopbackServer, sendJson, type LoopbackServer } from '../__fixtures__/loopback-server.ts'
import { openaiTextToSpeech, type OpenAITextToSpeechOptions } from './openai-text-to-speech.ts'

const sound = float32ToPcm16(Float32Array.from({ length: 100 }, (_, at) => at / 200))

function speak(
  { url }: Pick<LoopbackServer, 'url'>,
  options: Partial<OpenAITextToSpeechOptions> = {},
  { signal = new AbortController().signal, speed = 1 } = {},
): AsyncIterable<Pcm> {
  const tts = openaiTextToSpeech({ url, key: 'sk-secret', model: 'tts-1', ...options })
  return tts.synthesize('Hello.', { voice: 'marin', speed, signal })
}

const bodyOf = ({ requests }: LoopbackServer, index = 0): unknown =>
  JSON.parse(requests[index]?.body.toString() ?? '')

describe('a speech request', () => {
  it('asks for PCM with the voice and, only where it is not 1, the speed', async () => {
    const server = await loopbackServer((response) =>
      response.writeHead(200, { 'content-type': 'audio/pcm' }).end(sound),
    )
    await Array.fromAsync(speak(server))
    await Array.fromAsync(speak(server, { instructions: 'Speak calmly.' }, { speed: 1.25 }))
    expect(server.requests[0]).toMatchObject({ method: 'POST', path: '/v1/audio/speech' })
    expect(server.requests[0]?.headers).toMatchObject({
      authorization: 'Bearer sk-secret',
      'content-type': 'application/json',
    })
    const plain = { model: 'tts-1', input: 'Hello.', voice: 'marin', response_format: 'pcm' }
    expect(bodyOf(server)).toEqual(plain)
    expect(bodyOf(server, 1)).toEqual({ ...plain, speed: 1.25, instructions: 'Speak calmly.' })
  })

  it('is made again for WAV when the server knows no PCM, and stays so', async () => {
    const server = await loopbackServer((response, request) => {
      const { response_format: format }: { response_format?: string } = JSON.parse(request.body.toString())
      if (format === 'pcm') return sendJson(response, { error: "Unsupported response_format 'pcm'" }, 400)
      response.writeHead(200, { 'content-type': 'audio/wav' }).end(encodeWav(sound, 16_000))
    })
    const tts = openaiTextToSpeech({ url: server.url, model: 'm' })
    const options = { voice: 'a', speed: 1, signal: new AbortController().signal }
    for (let turn = 0; turn < 2; turn++) {
      const [only, ...more] = await Array.fromAsync(tts.synthesize('Hi', options))
      expect([only?.sampleRate, only?.samples.length, more.length]).toEqual([16_000, 100, 0])
    }
    expect(server.requests).toHaveLength(3)
  })
})

describe('spoken sound', () => {
  it('comes before the answer is complete, whole samples from any cut', async () => {
    const more = Promise.withResolvers<void>()
    const server = await loopbackServer(async (response) => {
      response.writeHead(200, { 'content-type': 'audio/pcm' }).write(sound.subarray(0, 51))
      await more.promise
      response.end(sound.subarray(51))
    })
    const iterator = speak(server)[Symbol.asyncIterator]()
    const first = await iterator.next()
    expect(first.value).toMatchObject({ sampleRate: 24_000 })
    more.resolve()
    const lengths = [first.value?.samples.length ?? 0]
    for (let next = await iterator.next(); !next.done; next = await iterator.next())
      lengths.push(next.value.samples.length)
    expect([lengths[0], lengths.reduce((sum, length) => sum + length, 0)]).toEqual([25, 100])
  })

  it('has the rate the server says', async () => {
    const server = await loopbackServer((response) =>
      response.writeHead(200, { 'content-type': 'audio/pcm;rate=16000' }).end(sound),
    )
    expect((await Array.fromAsync(speak(server)))[0]?.sampleRate).toBe(16_000)
  })

  it('ends the request when the caller gives up or leaves', async () => {
    const server = await loopbackServer((response) => {
      response.writeHead(200, { 'content-type': 'audio/pcm' }).write(sound)
    })
    const controller = new AbortController()
    const iterator = speak(server, {}, { signal: controller.signal })[Symbol.asyncIterator]()
    await iterator.next()
    controller.abort(new Error('interrupted'))
    await expect(iterator.next()).rejects.toThrow('interrupted')
    expect(await server.ended).toBe('cut')
    const other = await loopbackServer((response) => {
      response.writeHead(200, { 'content-type': 'audio/pcm' }).write(sound)
    })
    for await (const pcm of speak(other)) if (pcm.samples.length > 0) break
    expect(await other.ended).toBe('cut')
  })
})

describe('a failing text-to-speech server', () => {
  it.each([
    [
      401,
      { error: { message: 'Incorrect API key provided: sk-secret' } },
      'invalid_api_key',
      'PARLEY_TTS_KEY',
    ],
    [404, { error: { message: 'no such model' } }, 'model_not_found', 'PARLEY_TTS_MODEL'],
    [400, { error: { message: "Unknown voice 'marin'" } }, 'invalid_value', "Unknown voice 'marin'"],
    [200, { error: { message: 'out of memory' } }, 'backend_unavailable', 'out of memory'],
  ])('with status %i and body %j says what to check and never the key', async (status, body, code, words) => {
    const server = await loopbackServer((response) => sendJson(response, body, status))
    const error: unknown = await Array.fromAsync(speak(server)).catch((failure: unknown) => failure)
    expect(error).toMatchObject({ code })
    expect(String(error)).toContain(words)
    expect(JSON.stringify([error, String(error)])).not.toMatch(/sk-secret|127\.0\.0\.1/)
  })

  it.each(['text/html', 'audio/wav'])('that answers with something else as %s is an error', async (type) => {
    const server = await loopbackServer((response) =>
      response.writeHead(200, { 'content-type': type }).end('<html>'),
    )
    await expect(Array.fromAsync(speak(server))).rejects.toThrow('did not answer as expected')
  })

  it('that stops in the middle is given up in time', async () => {
    const server = await loopbackServer((response) => {
      response.writeHead(200, { 'content-type': 'audio/pcm' }).write(sound)
    })
    await expect(Array.fromAsync(speak(server, { idleTimeoutMs: 30 }))).rejects.toThrow(
      'stopped in the middle',
    )
  })

  it('that is silent is given up in time', async () => {
    const server = await loopbackServer(() => undefined)
    await expect(Array.fromAsync(speak(server, { connectTimeoutMs: 30 }))).rejects.toThrow(
      'did not answer in time',
    )
  })
})
