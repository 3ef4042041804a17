import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { wordErrorRate, wordsOf } from './word-error-rate.ts'

describe('wordErrorRate', () => {
  it('is the fewest edits by the words of the script', () => {
    expect(wordErrorRate('the cat sat on the mat', 'the cat sat on mat', 'en')).toBeCloseTo(1 / 6)
    expect(wordErrorRate('one', 'one two three', 'en')).toBe(2)
    expect(wordErrorRate('', '', 'en')).toBe(0)
    expect(wordErrorRate('', 'hello', 'en')).toBe(1)
  })

  it('passes over case and punctuation, and keeps umlauts and ß', () => {
    expect(wordErrorRate('Schöne Grüße, Straße!', 'schöne grüße straße', 'de')).toBe(0)
    expect(wordErrorRate('Schöne Grüße', 'Schone Grusse', 'de')).toBe(1)
    expect(wordErrorRate("It's a well-known fact.", 'it’s a well known fact', 'en')).toBe(0)
  })

  it.each([
    ['en', '42 apples', 'forty-two apples'],
    ['en', '1,250 seats', 'one thousand two hundred and fifty seats'],
    ['en', '3.5 %', 'three point five percent'],
    ['en', 'in 1984', 'in nineteen eighty-four'],
    ['de', '42 Äpfel', 'zweiundvierzig Äpfel'],
    ['de', '1.250 Plätze', 'eintausendzweihundertfünfzig Plätze'],
    ['de', '3,5 %', 'drei Komma fünf Prozent'],
    ['de', 'im Jahr 1984', 'im Jahr neunzehnhundertvierundachtzig'],
    ['de', '21000000', 'einundzwanzig Millionen'],
    ['de', '101', 'einhunderteins'],
    ['de', '1000001', 'eine Million eins'],
  ])('reads numbers as words in %s: %s', (language, digits, words) => {
    expect(wordErrorRate(digits, words, language)).toBe(0)
  })

  it('leaves digits of other languages as they are', () => {
    expect(wordsOf('Il y a 42 chats', 'fr')).toEqual(['il', 'y', 'a', '42', 'chats'])
  })

  it('is 0 for a text and itself, and never less', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.constantFrom('en', 'de', 'fr'), (a, b, language) => {
        expect(wordErrorRate(a, a, language)).toBe(0)
        expect(wordErrorRate(a, b, language)).toBeGreaterThanOrEqual(0)
      }),
    )
  })
})
