import { describe, expect, it } from 'vitest'

import type { VoiceCapability } from '../../capabilities.ts'
import { textToSpeechRouter } from './text-to-speech-router.ts'
import type { WarmTextToSpeech } from './warm.ts'

const signal = new AbortController().signal

function speaker(name: string, voices: readonly VoiceCapability[]): WarmTextToSpeech {
  return {
    name,
    voices,
    warm: async () => undefined,
    async *synthesize() {
      yield { samples: Float32Array.of(voices.length), sampleRate: name === 'first' ? 8_000 : 16_000 }
    },
    [Symbol.asyncDispose]: async () => undefined,
  }
}

describe('the text-to-speech router', () => {
  const grown: VoiceCapability[] = [{ name: 'rms', languages: ['en-US', 'en'], engine: 'second' }]
  const router = textToSpeechRouter([
    speaker('first', [
      { name: 'slt', languages: ['en-US', 'en'], engine: 'first' },
      { name: 'rms', languages: ['en'], engine: 'first' },
    ]),
    speaker('second', grown),
  ])

  it('sends a text to the first engine that has the voice', async () => {
    for await (const { sampleRate } of router.synthesize('Hi', { voice: 'rms', speed: 1, signal }))
      expect(sampleRate).toBe(8_000)
    expect(router.voices.map(({ name, engine }) => [name, engine])).toEqual([
      ['slt', 'first'],
      ['rms', 'first'],
    ])
  })

  it('sees a voice that was downloaded later, and speaks with it by default', async () => {
    expect(router.defaultVoice('de')).toBeUndefined()
    grown.push({ name: 'pico-de-de', languages: ['de-DE', 'de'], engine: 'second' })
    expect(router.defaultVoice('de-DE')?.name).toBe('pico-de-de')
    expect(router.defaultVoice('de-AT')?.name).toBe('pico-de-de')
    for await (const { sampleRate } of router.synthesize('Hallo', { voice: 'pico-de-de', speed: 1, signal }))
      expect(sampleRate).toBe(16_000)
  })

  it('refuses a voice that no engine has', () => {
    expect(() => router.synthesize('Hi', { voice: 'nobody', speed: 1, signal })).toThrow(
      expect.objectContaining({ code: 'invalid_value', param: 'session.audio.output.voice' }),
    )
  })
})
