import { describe, expect, it } from 'vitest'
import { exchangesOf, splitHeard, upsertTurn, type Turn } from './turns.ts'

describe('splitHeard', () => {
  it.each([
    ['all of it is heard unless it was cut off', 'One two.', undefined, 'One two.', ''],
    ['nothing of it was heard', 'One two.', '', '', 'One two.'],
    ['the space behind the last word heard belongs to the rest', 'One two.', 'One ', 'One', ' two.'],
    ['white space that differs does not move the cut', 'One  two three.', 'One two', 'One  two', ' three.'],
    ['more heard than there is', 'One.', 'One. Two.', 'One.', ''],
  ])('%s', (_title, text, heard, expected, unheard) => {
    expect(splitHeard({ text, heard })).toEqual({ heard: expected, unheard })
  })
})

describe('upsertTurn', () => {
  const keep = (turn: Turn): Turn => turn
  const add = (turns: readonly Turn[], itemId: string, previousItemId?: string | null): readonly Turn[] =>
    upsertTurn(turns, { itemId, role: 'user', at: 0 }, { change: keep, previousItemId })

  it('puts a turn behind the one it follows, and at the end when that is not known', () => {
    const turns = add(add(add([], 'a'), 'c', 'a'), 'b', 'a')
    expect(add(turns, 'd', 'unknown').map(({ itemId }) => itemId)).toEqual(['a', 'b', 'c', 'd'])
  })

  it('leaves what the gateway said about the session where it was said', () => {
    const notice = (itemId: string): Turn => ({
      itemId,
      role: 'notice',
      text: '',
      status: 'done',
      heard: undefined,
      at: 0,
      latency: undefined,
    })
    const turns = [...add([], 'a'), notice('moved'), notice('resumed')]
    expect(add(turns, 'b', 'a').map(({ itemId }) => itemId)).toEqual(['a', 'moved', 'resumed', 'b'])
  })

  it('changes a known turn in its place', () => {
    const turns = add(add([], 'a'), 'b', 'a')
    expect(add(turns, 'a', 'b').map(({ itemId }) => itemId)).toEqual(['a', 'b'])
  })
})

describe('exchanges', () => {
  const turn = (itemId: string, role: Turn['role']): Turn => ({
    itemId,
    role,
    text: itemId,
    status: 'done',
    heard: undefined,
    at: 0,
    latency: undefined,
  })

  it('put each answer beside what was said before it', () => {
    const turns = [
      turn('a', 'user'),
      turn('b', 'assistant'),
      turn('c', 'user'),
      turn('d', 'user'),
      turn('e', 'assistant'),
    ]
    const shown = exchangesOf(turns).map(({ said, answers }) => [
      said?.itemId,
      answers.map(({ itemId }) => itemId),
    ])
    expect(shown).toEqual([
      ['a', ['b']],
      ['c', []],
      ['d', ['e']],
    ])
  })

  it('lose nothing that comes before the first word', () => {
    const [first] = exchangesOf([turn('n', 'notice'), turn('a', 'user')])
    expect(first).toMatchObject({ said: undefined, answers: [{ itemId: 'n' }] })
  })
})
