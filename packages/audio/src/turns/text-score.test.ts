import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { judgeText, spokenWords } from './text-score.ts'

describe('judging a transcript', () => {
  it.each([
    ['i would like to', 'i would like to book a table'],
    ['my name is', 'my name is anna'],
    ['we could meet on friday or', 'we could meet on friday'],
    ['can you tell me', 'can you tell me the way to the station please'],
    ['if it rains tomorrow', 'if it rains tomorrow we stay at home'],
    ['ich möchte gerne', 'ich möchte gerne bezahlen'],
    ['ich habe das weil', 'ich habe das weil es schön ist'],
    ['können sie mir sagen ob', 'können sie mir sagen ob er da ist'],
    ['ich hole ihn von der', 'ich hole ihn von der schule ab'],
    ['wenn es morgen regnet', 'wenn es morgen regnet bleiben wir zu hause'],
    ['mach bitte das', 'mach bitte das licht aus'],
  ])('takes "%s" for less finished than "%s"', (open, whole) => {
    expect(judgeText(open).logit).toBeLessThan(0.5)
    expect(judgeText(whole).logit).toBeGreaterThan(judgeText(open).logit + 1)
  })

  it.each(['yes', 'No, thank you.', 'ja', 'Nein danke!', 'genau', 'auf wiederhören'])(
    'takes "%s" for whole',
    (text) => {
      expect(judgeText(text).logit).toBeGreaterThan(2)
    },
  )

  it.each(['um', 'äh', 'ähm also', 'hm'])('takes "%s" for hesitation', (text) => {
    expect(judgeText(text)).toMatchObject({ fillersOnly: true })
    expect(judgeText(text).logit).toBeLessThan(-1)
  })

  it('hears that someone trails off', () => {
    expect(judgeText('i would like a table for two um').logit).toBeLessThan(
      judgeText('i would like a table for two').logit,
    )
    expect(judgeText('das wäre dann äh').logit).toBeLessThan(0)
    expect(judgeText('well, then,').logit).toBeLessThan(judgeText('well, then').logit)
  })

  it.each([
    ['my number is five five five', true],
    ['0 1 7 2', true],
    ['meine nummer ist null eins sieben', true],
    ['it is five five five zero one zero two three four', false],
    ['i have two children', false],
    ['wir kommen um sieben', false],
  ])('%s: reading a number is %s', (text, reading) => {
    expect(judgeText(text).readingDigits).toBe(reading)
  })

  it('knows other languages by their punctuation alone', () => {
    expect(judgeText('je voudrais une table', ['fr']).logit).toBe(0)
    expect(judgeText('je voudrais une table,', ['fr']).logit).toBeLessThan(0)
  })

  it('follows the languages it is told', () => {
    expect(spokenWords('well es ist so', ['en'])).toEqual(['es', 'ist', 'so'])
    expect(spokenWords('well es ist so', ['de-DE'])).toEqual(['well', 'es', 'ist', 'so'])
  })

  it('gives a number for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), (text) => {
        expect(Number.isFinite(judgeText(text).logit)).toBe(true)
      }),
    )
  })
})
