import { describe, expect, it } from 'vitest'
import { describeExpectation, judge, type Expectation, type Facts } from './expectation.ts'

/** An answer that said things at times, from 1000 to 3000 ms. */
const facts: Facts = {
  answers: [
    {
      id: 'a',
      createdAt: 1100,
      said: [
        { at: 1200, text: 'It is for' },
        { at: 1300, text: 'ty-two.' },
      ],
      doneAt: 3000,
      status: 'completed',
      hasSound: true,
      firstSoundAt: 1400,
      soundEndAt: 3000,
      cutAt: undefined,
    },
  ],
  toolCalls: [{ at: 1500, name: 'book', arguments: '{"day":"Monday","people":{"adults":2},"tags":["x"]}' }],
  person: { transcripts: [{ at: 1050, itemId: 'i', text: 'six times seven' }] },
}

function verdict(expected: Partial<Expectation>, window: { from?: number; to?: number; now?: number } = {}) {
  return judge({ within: 2000, ...expected }, facts, { from: 500, to: 1000, now: 1600, ...window })
}

describe('an expectation', () => {
  it.each([
    ['words across pieces', { words: ['FORTY'] }, 'after 300 ms', 1300],
    ['all words', { words: ['it is', 'two'] }, 'after 300 ms', 1300],
    ['words heard and said', { heard: ['seven$|seven '], words: ['It'] }, 'after 200 ms', 1200],
    ['a call', { tool: 'book' }, 'after 500 ms', 1500],
    ['a call with some arguments', { tool: 'book', arguments: { day: 'monday' } }, 'after 500 ms', 1500],
    [
      'nested arguments',
      { tool: 'book', arguments: { people: { adults: 2 }, tags: ['X'] } },
      'after 500 ms',
      1500,
    ],
  ])('of %s is met when the last of it came', (_, expected, found, atMs) => {
    expect(verdict(expected)).toEqual({ state: 'met', found, atMs })
  })

  it.each([
    ['other words', { words: ['43'] }, 'said "It is forty-two."'],
    ['words not heard', { heard: ['eight'] }, 'heard "six times seven"'],
    ['another tool', { tool: 'cancel' }, 'called book({"day":"Monday","people":{"adults":2},"tags":["x"]})'],
    ['other arguments', { tool: 'book', arguments: { day: 'Sunday' } }, 'called book('],
  ])('of %s is open until its time is up, then says what was there', (_, expected, found) => {
    expect(verdict(expected, { now: 2999 }).state).toBe('open')
    const late = verdict(expected, { now: 3000 })
    expect(late.state).toBe('unmet')
    expect(late.found).toContain(found)
  })

  it('is not met by what came too late, looked at later', () => {
    expect(verdict({ words: ['two'], within: 250 }, { now: 9000 })).toEqual({
      state: 'unmet',
      found: 'after 300 ms',
      atMs: 1300,
    })
  })

  it('does not look at answers that were over, or words that were heard, before it', () => {
    expect(verdict({ words: ['two'] }, { from: 3001, to: 3100, now: 9000 }).found).toBe('said nothing')
    expect(verdict({ heard: ['six'] }, { from: 1051, to: 1100, now: 9000 }).found).toBe('heard nothing')
    expect(verdict({ tool: 'book' }, { from: 1501, to: 1600, now: 9000 }).found).toBe('called nothing')
  })

  it('of no answer fails at once with one, and holds only when its time is up', () => {
    expect(verdict({ no_answer: true }).state).toBe('unmet')
    const later = { from: 1500, to: 1500 }
    expect(verdict({ no_answer: true }, { ...later, now: 3499 }).state).toBe('open')
    expect(verdict({ no_answer: true }, { ...later, now: 3500 })).toMatchObject({
      state: 'met',
      found: 'no answer',
    })
  })

  it('of no answer with words heard needs both', () => {
    const window = { from: 1040, to: 1150, now: 9000 }
    expect(verdict({ no_answer: true, heard: ['six'] }, window).state).toBe('met')
    expect(verdict({ no_answer: true, heard: ['eight'] }, window).state).toBe('unmet')
  })

  it('is said for people', () => {
    expect(
      describeExpectation({ words: ['a', 'b'], heard: ['c'], tool: 't', arguments: { x: 1 }, within: 2500 }),
    ).toBe('says "a" and "b", hears "c", calls t with {"x":1} within 2500 ms')
  })
})
