import { describe, expect, it } from 'vitest'
import { chooseVoice } from './voice-choice.ts'

const voices = [
  { name: 'ann', languages: ['en-US'] },
  { name: 'max', languages: ['en-GB', 'de'] },
  { name: 'eva', languages: ['de-DE'] },
]

describe('chooseVoice', () => {
  it('takes the voice asked for, whatever the language', () => {
    expect(chooseVoice(voices, { asked: 'ann', language: 'de' })).toBe('ann')
  })

  it('prefers a voice whose own language it is over one that also speaks it', () => {
    expect(chooseVoice(voices, { language: 'de-AT' })).toBe('eva')
    expect(chooseVoice(voices.slice(0, 2), { language: 'de-AT' })).toBe('max')
  })

  it('falls back to the first voice', () => {
    expect(chooseVoice(voices, { asked: 'marin', language: 'fr' })).toBe('ann')
    expect(chooseVoice(voices, { language: undefined })).toBe('ann')
    expect(chooseVoice([], { language: 'en' })).toBeUndefined()
  })
})
