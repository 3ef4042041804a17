import { describe, expect, it } from 'vitest'
import { toDigits } from './number-words.ts'

describe('toDigits', () => {
  it.each([
    ['count from twenty one to ninety-nine', 'count from 21 to 99'],
    ['one hundred and five or a hundred', '105 or 100'],
    ['two hundred thirty four apples', '234 apples'],
    ['two thousand twenty six, a thousand', '2026, 1000'],
    ['no numbers here, someone said', 'no numbers here, someone said'],
  ])('reads English %j', (text, digits) => {
    expect(toDigits(text, 'en')).toBe(digits)
  })

  it.each([
    ['zähle von einundzwanzig bis dreißig', 'zähle von 21 bis 30'],
    ['dreissig, hundertfünf und zweihundertvierunddreißig', '30, 105 und 234'],
    ['zweitausendsechsundzwanzig oder tausend', '2026 oder 1000'],
    ['ein Haus, eine Katze', 'ein Haus, eine Katze'],
  ])('reads German %j', (text, digits) => {
    expect(toDigits(text, 'de')).toBe(digits)
  })
})
