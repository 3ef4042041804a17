import { decodeWav, float32ToPcm16 } from '@parley/audio'
import { describe, expect, it } from 'vitest'
import { loopbackServer, sendJson } from '../__fixtures__/loopback-server.ts'
import { azureSpeechEndpoint } from './azure-speech-endpoint.ts'
import { azureSpeechToText } from './azure-speech-to-text.ts'
import { azureTextToSpeech } from './azure-text-to-speech.ts'
import { assertWellFormed } from './__fixtures__/well-formed.ts'

const key = { key: 'azure-secret' }
const signal = new AbortController().signal
const tone = { samples: new Float32Array(800).fill(0.25), sampleRate: 16_000 }
const transcription = {
  durationMilliseconds: 50,
  combinedPhrases: [{ text: 'Guten Tag.' }],
  phrases: [{ text: 'Guten Tag.', locale: 'de-DE', confidence: 0.8 }],
}

describe('addresses of Azure Speech', () => {
  it('are those of the region', () => {
    const { transcriptions, speech, voices } = azureSpeechEndpoint({ region: 'westeurope', credential: key })
    expect([transcriptions.href, speech.href, voices.href]).toEqual([
      'https://westeurope.api.cognitive.microsoft.com/speechtotext/transcriptions:transcribe?api-version=2025-10-15',
      'https://westeurope.tts.speech.microsoft.com/cognitiveservices/v1',
      'https://westeurope.tts.speech.microsoft.com/cognitiveservices/voices/list',
    ])
  })

  it('are those of the resource, except that a key speaks at the region', () => {
    const endpoint = 'https://mine.cognitiveservices.azure.com/'
    const token = { token: async () => 'entra' }
    const own = azureSpeechEndpoint({ endpoint, region: 'westeurope', credential: token })
    expect(own.speech.href).toBe('https://mine.cognitiveservices.azure.com/tts/cognitiveservices/v1')
    const both = azureSpeechEndpoint({ endpoint, region: 'westeurope', credential: key })
    expect(both.speech.host).toBe('westeurope.tts.speech.microsoft.com')
    expect(both.transcriptions.host).toBe('mine.cognitiveservices.azure.com')
  })

  it('take the Foundry address of a resource for its speech address', () => {
    const endpoint = 'https://mine.services.ai.azure.com'
    const { speech, transcriptions } = azureSpeechEndpoint({ endpoint, credential: key })
    expect(speech.host).toBe('mine.cognitiveservices.azure.com')
    expect(transcriptions.host).toBe('mine.cognitiveservices.azure.com')
  })

  it.each([
    [{ credential: key }, 'region'],
    [{ credential: key, region: 'https://westeurope' }, 'region'],
    [{ credential: key, endpoint: 'mine.cognitiveservices.azure.com' }, 'endpoint'],
    [{ credential: { token: async () => 'x' }, region: 'westeurope' }, 'endpoint'],
  ])('%j is refused with the option at fault', (options, param) => {
    expect(() => azureSpeechEndpoint(options)).toThrow(
      expect.objectContaining({
        code: 'invalid_value',
        param,
        message: expect.stringContaining('PARLEY_AZURE_SPEECH_'),
      }),
    )
  })
})

describe('speech-to-text of Azure', () => {
  it('sends the sound and the locale that fits the language', async () => {
    const server = await loopbackServer((response) => sendJson(response, transcription))
    const stt = azureSpeechToText({ endpoint: server.url, credential: key, phrases: ['Parley'] })
    const transcript = await stt.transcribe(tone, { language: 'de', speculative: false, signal })
    expect(transcript).toMatchObject({ text: 'Guten Tag.', language: 'de-DE' })
    expect(transcript.confidence).toBeCloseTo(Math.log(0.8))
    const [request] = server.requests
    expect(request).toMatchObject({
      method: 'POST',
      path: '/speechtotext/transcriptions:transcribe?api-version=2025-10-15',
      headers: { 'ocp-apim-subscription-key': 'azure-secret' },
    })
    const form = await request?.form()
    expect([...(form?.keys() ?? [])]).toEqual(['audio', 'definition'])
    expect(JSON.parse(textOf(form?.get('definition')))).toEqual({
      locales: ['de-DE'],
      profanityFilterMode: 'None',
      phraseList: { phrases: ['Parley'] },
    })
    const file = form?.get('audio')
    if (!(file instanceof File)) throw new Error('The sound is not a file.')
    expect(decodeWav(new Uint8Array(await file.arrayBuffer()))).toMatchObject({
      sampleRate: 16_000,
      channels: 1,
    })
  })

  it('lets the service choose among the locales when no language is named', async () => {
    const server = await loopbackServer((response) => sendJson(response, { combinedPhrases: [] }))
    const languages = ['en-GB', 'de-AT']
    const stt = azureSpeechToText({ endpoint: server.url, credential: key, languages })
    expect(await stt.transcribe(tone, { language: undefined, speculative: false, signal })).toEqual({
      text: '',
      confidence: 0,
      language: undefined,
    })
    const form = await server.requests[0]?.form()
    expect(JSON.parse(textOf(form?.get('definition')))).toMatchObject({ locales: languages })
  })

  it('asks for a token before each request', async () => {
    const server = await loopbackServer((response) => sendJson(response, transcription))
    let asked = 0
    const credential = { token: async () => `entra-${++asked}` }
    const stt = azureSpeechToText({ endpoint: server.url, credential })
    for (let turn = 0; turn < 2; turn++)
      await stt.transcribe(tone, { language: 'de', speculative: false, signal })
    expect(server.requests.map(({ headers }) => headers['authorization'])).toEqual([
      'Bearer entra-1',
      'Bearer entra-2',
    ])
  })

  it.each([
    [
      401,
      { error: { code: '401', message: 'Access denied: azure-secret' } },
      'invalid_api_key',
      'PARLEY_AZURE_SPEECH_KEY',
    ],
    [
      404,
      { error: { code: '404', message: 'Resource not found' } },
      'model_not_found',
      'PARLEY_AZURE_SPEECH_REGION',
    ],
    [400, { code: 'InvalidRequest', message: 'Locale xx-XX is not supported' }, 'invalid_value', 'xx-XX'],
    [503, '', 'backend_unavailable', 'Azure Speech failed'],
    [200, [], 'backend_unavailable', 'did not answer as expected'],
  ])('with status %i and body %j says what to check and never the key', async (status, body, code, words) => {
    const server = await loopbackServer((response) => sendJson(response, body, status))
    const error: unknown = await azureSpeechToText({ endpoint: server.url, credential: key })
      .transcribe(tone, { language: 'de', speculative: false, signal })
      .catch((failure: unknown) => failure)
    expect(error).toMatchObject({ code })
    expect(String(error)).toContain(words)
    expect(JSON.stringify([error, String(error)])).not.toMatch(/azure-secret|127\.0\.0\.1/)
  })

  it('says so when no token can be had', async () => {
    const credential = { token: () => Promise.reject(new Error('nobody is signed in')) }
    const stt = azureSpeechToText({ endpoint: 'http://127.0.0.1:9', credential })
    await expect(stt.transcribe(tone, { language: 'de', speculative: false, signal })).rejects.toMatchObject({
      code: 'invalid_api_key',
      message: expect.stringContaining('Entra ID'),
    })
  })

  it('is given up in time', async () => {
    const server = await loopbackServer(() => undefined)
    const stt = azureSpeechToText({ endpoint: server.url, credential: key, timeoutMs: 30 })
    await expect(stt.transcribe(tone, { language: 'de', speculative: false, signal })).rejects.toThrow(
      'in time',
    )
  })
})

describe('text-to-speech of Azure', () => {
  const sound = float32ToPcm16(new Float32Array(240).fill(0.5))

  it('sends SSML in which any text stays text, and streams raw PCM', async () => {
    const server = await loopbackServer((response) => {
      response.writeHead(200, { 'content-type': 'audio/basic' })
      response.write(sound.subarray(0, 101))
      response.end(sound.subarray(101))
    })
    const tts = azureTextToSpeech({ endpoint: server.url, credential: key, style: 'cheerful' })
    const text = `</voice><audio src="x"/> Tom & Jerry's \u0000 "5 < 6" \uD800`
    const pieces = await Array.fromAsync(
      tts.synthesize(text, { voice: 'de-DE-KatjaNeural', speed: 1.2, signal }),
    )
    expect(pieces.reduce((sum, { samples }) => sum + samples.length, 0)).toBe(240)
    expect(pieces[0]?.sampleRate).toBe(24_000)
    const [request] = server.requests
    expect(request).toMatchObject({
      method: 'POST',
      path: '/tts/cognitiveservices/v1',
      headers: {
        'ocp-apim-subscription-key': 'azure-secret',
        'content-type': 'application/ssml+xml',
        'x-microsoft-outputformat': 'raw-24khz-16bit-mono-pcm',
        'user-agent': 'parley',
      },
    })
    const { elements, text: spoken } = assertWellFormed(request?.body.toString() ?? '')
    expect(elements).toEqual([
      'speak version="1.0" xmlns="http://www.w3.org/2001/10/synthesis" xmlns:mstts="http://www.w3.org/2001/mstts" xml:lang="de-DE"',
      'voice name="de-DE-KatjaNeural"',
      'mstts:express-as style="cheerful"',
      'prosody rate="1.2"',
    ])
    expect(spoken).toBe(`</voice><audio src="x"/> Tom & Jerry's   "5 < 6" \uFFFD`)
  })

  it('reads the voices of the service', async () => {
    const server = await loopbackServer((response) =>
      sendJson(response, [
        {
          ShortName: 'en-US-AvaMultilingualNeural',
          LocalName: 'Ava Multilingual',
          Gender: 'Female',
          Locale: 'en-US',
          SecondaryLocaleList: ['de-DE', 'en-US'],
          StyleList: ['cheerful'],
          VoiceType: 'Neural',
        },
        { ShortName: 'broken' },
        { ShortName: 'en-US-OldNeural', Locale: 'en-US', Status: 'Deprecated' },
      ]),
    )
    const tts = azureTextToSpeech({ endpoint: server.url, credential: key })
    await tts.loadVoices(signal)
    expect(server.requests[0]).toMatchObject({ method: 'GET', path: '/tts/cognitiveservices/voices/list' })
    expect(tts.voices).toEqual([
      {
        name: 'en-US-AvaMultilingualNeural',
        title: 'Ava Multilingual',
        languages: ['en-US', 'de-DE'],
        gender: 'female',
        engine: 'multilingual-neural',
        styles: ['cheerful'],
      },
    ])
  })

  it.each([
    [401, 'invalid_api_key', 'PARLEY_AZURE_SPEECH_KEY'],
    [400, 'invalid_value', 'the voice'],
    [429, 'rate_limit_exceeded', 'too often'],
    [502, 'backend_unavailable', 'failed'],
  ])('with status %i says what to check', async (status, code, words) => {
    const server = await loopbackServer((response) => response.writeHead(status).end())
    const tts = azureTextToSpeech({ endpoint: server.url, credential: key })
    const answer = Array.fromAsync(tts.synthesize('x', { voice: 'v', speed: 1, signal }))
    await expect(answer).rejects.toMatchObject({ code, message: expect.stringContaining(words) })
  })

  it('that answers without sound, stops or stays silent is an error', async () => {
    const page = await loopbackServer((response) =>
      response.writeHead(200, { 'content-type': 'text/html' }).end('x'),
    )
    const stalled = await loopbackServer((response) => {
      response.writeHead(200, { 'content-type': 'audio/basic' }).write(sound)
    })
    const silent = await loopbackServer(() => undefined)
    const speak = (endpoint: string) =>
      Array.fromAsync(
        azureTextToSpeech({ endpoint, credential: key, idleTimeoutMs: 30, connectTimeoutMs: 60 }).synthesize(
          'x',
          {
            voice: 'v',
            speed: 1,
            signal,
          },
        ),
      )
    await expect(speak(page.url)).rejects.toThrow('as expected')
    await expect(speak(stalled.url)).rejects.toThrow('in the middle')
    await expect(speak(silent.url)).rejects.toThrow('in time')
  })
})

/** A text field of a form. */
function textOf(field: unknown): string {
  return typeof field === 'string' ? field : ''
}
