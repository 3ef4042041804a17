import { countTokens } from 'gpt-tokenizer/encoding/o200k_base'
import { describe, expect, it } from 'vitest'
import { textsByKind } from './__fixtures__/scripts.ts'
import { estimateTokens } from './tokens.ts'

describe('estimateTokens', () => {
  it.each(Object.entries(textsByKind))('is near what the vocabulary o200k_base gives for %s', (_, text) => {
    const ratio = estimateTokens(text) / countTokens(text)
    expect(ratio).toBeGreaterThan(0.9)
    expect(ratio).toBeLessThan(1.4)
  })

  it('is no less than the vocabulary gives over all kinds of text together', () => {
    const texts = Object.values(textsByKind)
    const counted = texts.reduce((sum, text) => sum + countTokens(text), 0)
    const estimated = texts.reduce((sum, text) => sum + estimateTokens(text), 0)
    expect(estimated / counted).toBeGreaterThan(1)
    expect(estimated / counted).toBeLessThan(1.25)
  })

  it('grows with a text, whatever is put behind it', () => {
    for (const text of Object.values(textsByKind)) {
      for (const more of ['a', '7', ' ', '\n', 'ß', '你', '🎉', '.']) {
        expect(estimateTokens(text + more)).toBeGreaterThanOrEqual(estimateTokens(text))
      }
    }
  })

  it('counts nothing as nothing', () => {
    expect(estimateTokens('')).toBe(0)
    expect(estimateTokens('   ')).toBe(0)
  })
})
