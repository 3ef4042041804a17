import { describe, expect, it } from 'vitest'
import type { Item } from '../events/items.ts'
import { hotelTalk, insuranceTalk } from './__fixtures__/talks.ts'
import type { Talk } from './__fixtures__/talks.ts'
import { extract, shorten } from './extractive-summary.ts'
import { itemTokens, wordsOf } from './item-words.ts'
import { estimateTokens } from './tokens.ts'

/** Share of the planted words in a summary of so large a part of a talk. */
function surviving({ items, planted }: Talk, part: number): number {
  const whole = items.reduce((sum, item) => sum + itemTokens(item), 0)
  const text = linesOf(items, Math.floor(whole * part)).join('\n')
  return planted.filter((words) => text.includes(words)).length / planted.length
}

/** The same for the least one could do: sentences from the end as far as they fit. */
function survivingAtEnd({ items, planted }: Talk, part: number): number {
  const whole = items.reduce((sum, item) => sum + itemTokens(item), 0)
  let left = whole * part
  const kept = items.toReversed().filter((item) => (left -= itemTokens(item)) >= 0)
  const text = kept.map((item) => wordsOf(item)?.text).join('\n')
  return planted.filter((words) => text.includes(words)).length / planted.length
}

function linesOf(items: readonly Item[], maxTokens: number): readonly string[] {
  return extract(items, maxTokens).map(({ speaker, text }) => `- ${speaker}: ${text}`)
}

describe('extract', () => {
  it.each([
    ['English', hotelTalk],
    ['German', insuranceTalk],
  ])('keeps nearly all of what was planted in a fifth of a talk, and most in a tenth: %s', (_, talk) => {
    expect(surviving(talk, 0.2)).toBeGreaterThanOrEqual(0.9)
    expect(surviving(talk, 0.1)).toBeGreaterThanOrEqual(0.5)
    expect(survivingAtEnd(talk, 0.2)).toBeLessThan(0.3)
  })

  it('fits, keeps the order and quotes', () => {
    for (const { items } of [hotelTalk, insuranceTalk]) {
      for (const maxTokens of [0, 10, 40, 150, 700, 10_000]) {
        const extracts = extract(items, maxTokens)
        const told = extracts.map(({ item }) => items.indexOf(item))
        expect(told).toEqual(told.toSorted((a, b) => a - b))
        expect(estimateTokens(linesOf(items, maxTokens).join('\n'))).toBeLessThanOrEqual(maxTokens)
        for (const { item, text } of extracts) expect(wordsOf(item)?.text).toContain(text.split(/[.!?]/u)[0])
      }
    }
  })

  it('says the same thing once', () => {
    const say = (id: string, text = 'My number is 4711.'): Item => ({
      id,
      type: 'message',
      role: 'user',
      content: [{ type: 'input_text', text }],
    })
    const other = say('b', 'The gate is on the left side.')
    expect(extract([say('a'), say('a2'), other], 30).map(({ item }) => item.id)).toEqual(['a2', 'b'])
  })

  it('leaves out what only keeps the talk going', () => {
    const small: Item = {
      id: 'a',
      type: 'message',
      role: 'user',
      content: [{ type: 'input_text', text: 'Okay, great. Thank you very much! Ja, genau.' }],
    }
    expect(extract([small], 1000)).toEqual([])
  })

  it('shortens a long tool result', () => {
    const result: Item = {
      id: 'a',
      type: 'function_call_output',
      call_id: 'c',
      output: 'corn 7 '.repeat(900),
    }
    expect(extract([result], 1000)[0]?.text.length).toBeLessThan(250)
  })
})

describe('shorten', () => {
  it('leaves a text that fits, and keeps what matters of another', () => {
    const text =
      'They talked for a long while about this and that. The code is 4711. It went on and on like so.'
    expect(shorten(text, 100)).toBe(text)
    expect(shorten(text, 10)).toBe('The code is 4711.')
    expect(shorten(text, 1)).toBe('')
  })
})
