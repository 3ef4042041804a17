import type { Provider } from '@parley/core'
import type { Stages, TextToSpeech } from '@parley/core/providers/cascade'
import { voiceLive } from '@parley/core/providers'
import { describe, expect, it } from 'vitest'
import { duetBackend } from './duet-backend.ts'
import { scriptedProvider } from './testing/scripted-provider.ts'

const tts: TextToSpeech = {
  name: 'tts',
  voices: [{ name: 'slt', languages: ['en'] }],
  async *synthesize() {
    yield { samples: new Float32Array(1), sampleRate: 16_000 }
  },
  [Symbol.asyncDispose]: async () => undefined,
}
// A duet takes nothing but the voice of them.
const local = { tts } as unknown as Stages
const backends = new Map<string, Provider>([
  ['mind', scriptedProvider({ name: 'mind' })],
  ['voice-live', voiceLive({ endpoint: 'https://example.com', credential: { key: 'k' } })],
])
const parts = { backends, local, service: undefined }

describe('duetBackend', () => {
  it('joins a mind with the voices of this machine, which can be heard before', async () => {
    const provider = duetBackend({ mind: 'mind', voice: 'local' }, parts)
    expect(provider.name).toBe('duet')
    const { signal } = new AbortController()
    expect(await provider.voices?.list({ signal })).toEqual(tts.voices)
    expect(provider.capabilities.voices).toEqual(tts.voices)
  })

  it('joins a mind with the voices of Voice Live', () => {
    const provider = duetBackend({ mind: 'mind', voice: 'voice-live/gpt-4o-mini' }, parts)
    expect(provider.capabilities.otherVoices).toBe(true)
    expect(provider.voices).toBe(backends.get('voice-live')?.voices)
  })

  it.each([
    [{ mind: 'nobody', voice: 'local' }, /PARLEY_DUET_MIND .*mind, voice-live/],
    [{ mind: 'mind', voice: 'cascade' }, /PARLEY_DUET_VOICE/],
    [{ mind: 'mind', voice: 'mind' }, /PARLEY_DUET_MIND and PARLEY_DUET_VOICE do not fit/],
  ])('refuses %j and says why', (settings, message) => {
    expect(() => duetBackend(settings, parts)).toThrow(
      expect.objectContaining({ code: 'invalid_value', message: expect.stringMatching(message) }),
    )
  })
})
