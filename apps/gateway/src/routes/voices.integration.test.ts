import { decodeWav } from '@parley/audio'
import { RealtimeError } from '@parley/core'
import type { Provider, VoiceCapability, VoiceCatalog } from '@parley/core'
import { fliteTts } from '@parley/core/providers/cascade'
import { describe, expect, it } from 'vitest'
import { stageVoices } from '../stage-voices.ts'
import { startGateway } from '../testing/gateway-under-test.ts'
import type { GatewayUnderTest } from '../testing/gateway-under-test.ts'
import { scriptedProvider } from '../testing/scripted-provider.ts'

const voices: readonly VoiceCapability[] = [
  { name: 'en-US-AvaNeural', title: 'Ava', languages: ['en-US'], gender: 'female', engine: 'neural' },
  { name: 'de-DE-KatjaNeural', title: 'Katja', languages: ['de-DE'], gender: 'female', engine: 'neural' },
  { name: 'de-DE-ConradNeural', title: 'Conrad', languages: ['de-DE'], gender: 'male', engine: 'neural' },
]

function withCatalog(name: string, catalog: VoiceCatalog): ReadonlyMap<string, Provider> {
  return new Map([[name, { ...scriptedProvider({ name }), voices: catalog }]])
}

async function read({ url }: GatewayUnderTest, query: string): Promise<{ status: number; body: unknown }> {
  const response = await fetch(`${url}/v1/voices${query}`)
  return { status: response.status, body: await response.json() }
}

describe('/v1/voices', () => {
  it('finds voices and gives them page by page', async () => {
    const backends = withCatalog('scripted', { list: async () => voices })
    await using gateway = await startGateway({ backends })
    expect(await read(gateway, '?language=de&limit=1')).toEqual({
      status: 200,
      body: {
        backend: 'scripted',
        voices: [voices[1]],
        total: 2,
        next: '1',
        state: 'ready',
        progress: null,
        help: null,
        samples: false,
      },
    })
    expect((await read(gateway, '?language=de&limit=1&cursor=1')).body).toMatchObject({
      voices: [voices[2]],
      next: null,
    })
    expect((await read(gateway, '?q=conrad&gender=male&kind=neural')).body).toMatchObject({ total: 1 })
  })

  it('refuses a gender nobody has', async () => {
    await using gateway = await startGateway()
    expect(await read(gateway, '?gender=femal')).toMatchObject({
      status: 400,
      body: { error: { code: 'invalid_value', param: 'gender' } },
    })
  })

  it('gives the voices a backend declares where it has no longer list', async () => {
    await using gateway = await startGateway()
    expect((await read(gateway, '')).body).toMatchObject({ backend: 'scripted', voices: [], state: 'ready' })
  })

  it('tells how far a slow list is, and gives it to the next who asks', async () => {
    const slow = Promise.withResolvers<readonly VoiceCapability[]>()
    let lists = 0
    const backends = withCatalog('scripted', {
      list: ({ onProgress }) => {
        lists += 1
        onProgress?.({ received: 10, total: undefined })
        return slow.promise
      },
    })
    await using gateway = await startGateway({ backends })
    const [first, second] = await Promise.all([read(gateway, ''), read(gateway, '')])
    for (const { body } of [first, second]) {
      expect(body).toMatchObject({ state: 'loading', progress: { received: 10, total: null }, voices: [] })
    }
    expect(lists).toBe(1)
    slow.resolve(voices)
    expect((await read(gateway, '')).body).toMatchObject({ state: 'ready', total: 3, progress: null })
  })

  it('says which key was refused', async () => {
    const list = () => Promise.reject(new RealtimeError('invalid_api_key', 'The key was refused.'))
    await using gateway = await startGateway({
      backends: withCatalog('voice-live', { list }),
      defaultBackend: 'voice-live',
    })
    expect((await read(gateway, '')).body).toMatchObject({
      state: 'needs_key',
      help: 'The key was refused. Check PARLEY_VOICE_LIVE_KEY.',
    })
  })

  it('says why a list could not be had, and tries again after a while', async () => {
    let now = 0
    let lists = 0
    const list = async () => {
      lists += 1
      if (lists === 1) throw new RealtimeError('backend_unavailable', 'Nobody home.')
      return voices
    }
    const backends = withCatalog('scripted', { list })
    await using gateway = await startGateway({ backends, now: () => now })
    const failed = { state: 'failed', help: 'Nobody home.' }
    expect((await read(gateway, '')).body).toMatchObject(failed)
    expect((await read(gateway, '')).body).toMatchObject(failed)
    now = 10_000
    expect((await read(gateway, '')).body).toMatchObject({ state: 'ready', help: null })
    expect(lists).toBe(2)
  })

  it('says how to get a backend that is not set up', async () => {
    await using gateway = await startGateway()
    expect(await read(gateway, '?backend=voice-live')).toMatchObject({
      status: 200,
      body: {
        backend: 'voice-live',
        state: 'needs_key',
        voices: [],
        help: expect.stringContaining('PARLEY_VOICE_LIVE_ENDPOINT'),
      },
    })
  })

  it.each([
    ['?backend=nobody', 404, 'backend'],
    ['?limit=0', 400, 'limit'],
    ['?cursor=x', 400, 'cursor'],
    ['?language=german%20please', 400, 'language'],
    ['/sample?voice=nobody', 404, 'voice'],
    ['/sample?backend=voice-live&voice=x', 400, 'backend'],
  ])('answers %s with %i', async (query, status, param) => {
    await using gateway = await startGateway()
    expect(await read(gateway, query)).toMatchObject({ status, body: { error: { param } } })
  })
})

describe('/v1/voices/sample', () => {
  it('speaks with a voice of this machine', async () => {
    await using tts = fliteTts({ processes: 1 })
    await using gateway = await startGateway({ backends: withCatalog('scripted', stageVoices(tts)) })
    const response = await fetch(`${gateway.url}/v1/voices/sample?voice=slt`)
    expect(response.headers.get('content-type')).toBe('audio/wav')
    const { samples, sampleRate } = decodeWav(new Uint8Array(await response.arrayBuffer()))
    expect(samples.length / sampleRate).toBeGreaterThan(1)
    expect(Math.max(...samples)).toBeGreaterThan(0.1)
  })

  it('speaks in the language that is asked for, and keeps what was spoken', async () => {
    const asked: unknown[] = []
    const backends = withCatalog('scripted', {
      list: async () => voices,
      sample: async ({ voice, text, language }) => {
        asked.push({ voice, text, language })
        return { type: 'audio/mpeg', bytes: new Uint8Array([1, 2]) }
      },
    })
    await using gateway = await startGateway({ backends })
    const url = `${gateway.url}/v1/voices/sample?voice=de-DE-ConradNeural`
    for (const query of ['', '', '&language=fr']) {
      const response = await fetch(url + query)
      expect(response.headers.get('content-type')).toBe('audio/mpeg')
      expect(new Uint8Array(await response.arrayBuffer())).toEqual(new Uint8Array([1, 2]))
    }
    expect(asked).toEqual([
      { voice: 'de-DE-ConradNeural', text: expect.stringContaining('Hallo'), language: undefined },
      { voice: 'de-DE-ConradNeural', text: expect.stringContaining('Bonjour'), language: 'fr' },
    ])
  })

  it('does not speak without end', async () => {
    const backends = withCatalog('scripted', {
      list: async () =>
        Array.from({ length: 100 }, (_, number) => ({ name: `v${number}`, languages: ['en'] })),
      sample: async () => ({ type: 'audio/wav', bytes: new Uint8Array(1) }),
    })
    await using gateway = await startGateway({ backends, now: () => 0 })
    const statuses: number[] = []
    for (let number = 0; number < 61; number += 1) {
      statuses.push((await fetch(`${gateway.url}/v1/voices/sample?voice=v${number}`)).status)
    }
    expect(statuses.slice(0, 60).every((status) => status === 200)).toBe(true)
    expect(statuses[60]).toBe(429)
  })
})
