import type { TextToSpeech } from '@parley/core/providers/cascade'
import { describe, expect, it } from 'vitest'
import { speakWhole } from './speak-whole.ts'

const options = { voice: 'v', speed: 1, signal: new AbortController().signal }

/** A voice of one sample a letter, which keeps what it was given. */
function spellingVoice(): TextToSpeech & { readonly asked: string[] } {
  const asked: string[] = []
  return {
    name: 'spelling',
    voices: [],
    asked,
    async *synthesize(text) {
      asked.push(text.trim())
      const letters = text.replaceAll(/\P{L}/gu, '')
      if (letters !== '') yield { samples: new Float32Array(letters.length).fill(0.5), sampleRate: 16_000 }
    },
    [Symbol.asyncDispose]: async () => undefined,
  }
}

describe('speakWhole', () => {
  it('gives the engine one sentence at a time and joins their sound', async () => {
    const voice = spellingVoice()
    const { samples, sampleRate } = await speakWhole(voice, 'One fox. Two dogs! … Three?', options)
    expect(voice.asked.filter((text) => /\p{L}/u.test(text))).toEqual(['One fox.', 'Two dogs!', '… Three?'])
    expect([samples.length, sampleRate]).toEqual([18, 16_000])
  })

  it('throws when there is nothing to hear', async () => {
    await expect(speakWhole(spellingVoice(), '123', options)).rejects.toMatchObject({ code: 'engine_failed' })
  })
})
