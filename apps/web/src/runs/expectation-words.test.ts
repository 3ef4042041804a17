import { describe, expect, it } from 'vitest'
import { runsTexts as de } from '../i18n/de-runs.ts'
import { runsTexts as en } from '../i18n/en-runs.ts'
import { expectationWords } from './expectation-words.ts'

describe('expectationWords', () => {
  const kept = { step: 0, expected: String.raw`says "\bParis\b" within 6 s` }

  it('says a step in the language of the page without word boundaries', () => {
    const scenario = {
      steps: [{ expect: { words: [String.raw`\bParis\b`], within: 6000 } }],
    }
    expect(expectationWords(kept, scenario, en.expectations)).toBe('says "Paris" within 6 s')
    expect(expectationWords(kept, scenario, de.expectations)).toBe('sagt "Paris" innerhalb von 6 s')
  })

  it('falls back to the words of the run', () => {
    expect(expectationWords(kept, undefined, de.expectations)).toBe('says "Paris" within 6 s')
  })
})
