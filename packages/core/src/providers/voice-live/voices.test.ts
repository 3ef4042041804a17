import { describe, expect, it } from 'vitest'
import { speechAddress } from './speech-resource.ts'
import { toSsml } from '../speech/azure-ssml.ts'
import { voiceCatalog, type VoiceCatalogOptions } from './voices.ts'

const signal = new AbortController().signal
const key = 'speech-secret'

const listed = [
  {
    ShortName: 'en-US-JennyMultilingualNeural',
    DisplayName: 'Jenny Multilingual',
    Gender: 'Female',
    Locale: 'en-US',
    SecondaryLocaleList: ['de-DE', 'en-US'],
    StyleList: ['chat', 'sad'],
    Status: 'GA',
  },
  { ShortName: 'de-DE-Florian:DragonHDLatestNeural', Gender: 'Male', Locale: 'de-DE' },
  { ShortName: 'en-US-Harper:MAI-Voice-2-Flash', Gender: 'Unknown', Locale: 'en-US' },
  { ShortName: 'ga-IE-OrlaNeural', DisplayName: 'Orla', Gender: 'Female', Locale: 'ga-IE' },
  { ShortName: 'ga-IE-OldNeural', Locale: 'ga-IE', Status: 'Deprecated' },
]

interface Seen {
  readonly url: string
  readonly method: string
  readonly headers: Headers
  readonly body: string
}

function catalog(
  answer: () => Response | Promise<Response>,
  options: Partial<VoiceCatalogOptions> = {},
): { catalog: ReturnType<typeof voiceCatalog>; seen: Seen[] } {
  const seen: Seen[] = []
  const send: typeof fetch = async (input, init) => {
    const request = new Request(input, init)
    seen.push({
      url: request.url,
      method: request.method,
      headers: request.headers,
      body: await request.text(),
    })
    return answer()
  }
  return {
    seen,
    catalog: voiceCatalog({
      base: 'https://speech.test/tts',
      credential: { key },
      own: [],
      fetch: send,
      ...options,
    }),
  }
}

const sentence = { voice: 'en-US-AvaNeural', text: 'Hello', language: undefined, signal }

describe('the voices of Azure', () => {
  it('are listed with what a person chooses by, without those given up', async () => {
    const { catalog: voices, seen } = catalog(() => Response.json(listed), {
      own: [{ name: 'marin', languages: [], engine: 'openai' }],
    })
    expect(await voices.list({ signal })).toEqual([
      { name: 'marin', languages: [], engine: 'openai' },
      {
        name: 'en-US-JennyMultilingualNeural',
        title: 'Jenny Multilingual',
        languages: ['en-US', 'de-DE'],
        gender: 'female',
        engine: 'multilingual-neural',
        styles: ['chat', 'sad'],
      },
      {
        name: 'de-DE-Florian:DragonHDLatestNeural',
        languages: ['de-DE'],
        gender: 'male',
        engine: 'dragon-hd',
      },
      { name: 'en-US-Harper:MAI-Voice-2-Flash', languages: ['en-US'], engine: 'mai-voice' },
      { name: 'ga-IE-OrlaNeural', title: 'Orla', languages: ['ga-IE'], gender: 'female', engine: 'neural' },
    ])
    expect(seen[0]).toMatchObject({
      url: 'https://speech.test/tts/cognitiveservices/voices/list',
      method: 'GET',
    })
    expect(seen[0]?.headers.get('ocp-apim-subscription-key')).toBe(key)
  })

  it('are fetched once for all who ask', async () => {
    const { catalog: voices, seen } = catalog(() => Response.json(listed))
    await Promise.all([voices.list({ signal }), voices.list({ signal })])
    await voices.list({ signal })
    expect(seen).toHaveLength(1)
  })

  it('are fetched again after a failure', async () => {
    let attempt = 0
    const { catalog: voices } = catalog(() =>
      attempt++ === 0 ? new Response('', { status: 502 }) : Response.json(listed),
    )
    await expect(voices.list({ signal })).rejects.toMatchObject({ code: 'backend_unavailable' })
    expect(await voices.list({ signal })).toHaveLength(4)
  })

  it('come to one who stays when another who asked gives up', async () => {
    const answer = Promise.withResolvers<Response>()
    const { catalog: voices } = catalog(() => answer.promise)
    const abort = new AbortController()
    const left = voices.list({ signal: abort.signal })
    const stayed = voices.list({ signal })
    abort.abort()
    await expect(left).rejects.toMatchObject({ code: 'backend_unavailable' })
    answer.resolve(Response.json(listed))
    expect(await stayed).toHaveLength(4)
  })

  it('tell how much has come, and of how much', async () => {
    const text = JSON.stringify(listed)
    const heard: unknown[] = []
    const { catalog: voices } = catalog(
      () => new Response(text, { headers: { 'content-length': String(text.length) } }),
    )
    await voices.list({ signal, onProgress: (progress) => heard.push(progress) })
    expect(heard.at(-1)).toEqual({ received: text.length, total: text.length })
  })

  it('are not promised in total when the bytes come packed', async () => {
    const heard: unknown[] = []
    const { catalog: voices } = catalog(
      () => new Response('[]', { headers: { 'content-length': '1', 'content-encoding': 'gzip' } }),
    )
    await voices.list({ signal, onProgress: (progress) => heard.push(progress) })
    expect(heard).toEqual([{ received: 2, total: undefined }])
  })

  it.each([
    [401, 'invalid_api_key'],
    [429, 'rate_limit_exceeded'],
    [502, 'backend_unavailable'],
  ])('are refused with HTTP status %i as %s', async (status, code) => {
    const { catalog: voices } = catalog(() => new Response(key, { status }))
    const error: unknown = await voices.list({ signal }).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ code })
    expect(String(error)).not.toContain(key)
  })

  it('are refused when the answer is no list', async () => {
    const { catalog: voices } = catalog(() => new Response('<html>'))
    await expect(voices.list({ signal })).rejects.toMatchObject({ code: 'backend_unavailable' })
  })

  it('are asked for within a limit', async () => {
    const { catalog: voices } = catalog(() => new Promise(() => {}), { timeoutMs: 20 })
    await expect(voices.list({ signal })).rejects.toThrow('within 20 ms')
  })
})

describe('a sample of an Azure voice', () => {
  it('is spoken by the speech service as a WAV file', async () => {
    const { catalog: voices, seen } = catalog(() => new Response(new Uint8Array([1, 2])), {
      credential: { token: () => Promise.resolve('jwt') },
    })
    expect(await voices.sample?.({ ...sentence, language: 'de-DE' })).toEqual({
      type: 'audio/wav',
      bytes: new Uint8Array([1, 2]),
    })
    expect(seen[0]).toMatchObject({
      url: 'https://speech.test/tts/cognitiveservices/v1',
      method: 'POST',
      body: expect.stringContaining('<lang xml:lang="de-DE">Hello</lang>'),
    })
    expect(Object.fromEntries(seen[0]?.headers ?? [])).toMatchObject({
      authorization: 'Bearer jwt',
      'content-type': 'application/ssml+xml',
      'x-microsoft-outputformat': 'riff-24khz-16bit-mono-pcm',
      'user-agent': 'parley',
    })
  })

  it('is unsupported for a voice of the model', async () => {
    const { catalog: voices } = catalog(() => new Response(), { own: [{ name: 'marin', languages: [] }] })
    await expect(voices.sample?.({ ...sentence, voice: 'marin' })).rejects.toMatchObject({
      code: 'unsupported',
    })
  })

  it('cannot break out of its markup', () => {
    expect(toSsml('</voice>&', { voice: `a"/>` })).toContain(
      '<voice name="a&quot;/&gt;">&lt;/voice&gt;&amp;</voice>',
    )
  })
})

describe('the address of the speech service', () => {
  it.each([
    ['https://r.services.ai.azure.com', undefined, 'https://r.cognitiveservices.azure.com/tts'],
    [
      'https://r.services.ai.azure.com/',
      { region: 'westeurope' },
      'https://westeurope.tts.speech.microsoft.com',
    ],
    ['https://r.services.ai.azure.com', { endpoint: 'http://127.0.0.1:9/' }, 'http://127.0.0.1:9/tts'],
  ])('of %s with %o is %s', (endpoint, speech, address) => {
    expect(speechAddress(endpoint, speech)).toBe(address)
  })
})
