import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { blindOrder, Vote, type VoteReason } from './vote.ts'
import { preferred, signTest, wilson, winTable } from './win-table.ts'

describe('blindOrder', () => {
  it('gives every order about as often', () => {
    let state = 1
    const random = (): number => {
      state = (state * 48_271) % 2_147_483_647
      return state / 2_147_483_647
    }
    const counts = new Map<string, number>()
    for (let trial = 0; trial < 6000; trial += 1) {
      const order = blindOrder(['a', 'b', 'c'], random).join('')
      counts.set(order, (counts.get(order) ?? 0) + 1)
    }
    expect(counts.size).toBe(6)
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(120)
  })

  it('keeps every label once', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string()),
        fc.infiniteStream(fc.double({ min: 0, max: 0.999, noNaN: true })),
        (labels, stream) => {
          const order = blindOrder(labels, () => stream.next().value ?? 0)
          expect(order.toSorted()).toEqual(labels.toSorted())
        },
      ),
    )
  })
})

describe('wilson', () => {
  it('has the ends of the published examples', () => {
    // 81 of 263 and 15 of 148: Newcombe 1998, table I.
    expect(wilson(81, 263)).toEqual({
      value: 81 / 263,
      low: expect.closeTo(0.2553, 4),
      high: expect.closeTo(0.3662, 4),
    })
    expect(wilson(15, 148)).toEqual({
      value: 15 / 148,
      low: expect.closeTo(0.0624, 4),
      high: expect.closeTo(0.1605, 4),
    })
    expect(wilson(0, 20)).toEqual({ value: 0, low: 0, high: expect.closeTo(0.1611, 4) })
    expect(wilson(0, 0)).toBeUndefined()
  })
})

describe('signTest', () => {
  it('is the exact two-sided chance of a fair coin', () => {
    expect(signTest(0, 0)).toBe(1)
    expect(signTest(3, 3)).toBe(1)
    expect(signTest(4, 0)).toBeCloseTo(0.125, 10)
    expect(signTest(0, 5)).toBeCloseTo(0.0625, 10)
    expect(signTest(6, 0)).toBeCloseTo(0.03125, 10)
    expect(signTest(9, 1)).toBeCloseTo(22 / 1024, 10)
  })

  it('holds for more votes than a power of a half has room for', () => {
    expect(signTest(1001, 1000)).toBeGreaterThan(0.9)
    expect(signTest(1500, 500)).toBeLessThan(1e-100)
  })
})

describe('preferred', () => {
  const after = (wins: number, losses: number): string | undefined => {
    const cast = [...Array.from({ length: wins }, () => 'a'), ...Array.from({ length: losses }, () => 'b')]
    const [pairing] = winTable(cast.map((choice) => vote(['a', 'b'], choice))).pairings
    return pairing && preferred(pairing)
  }

  it('names no lane before six votes, where the interval alone would', () => {
    expect(wilson(4, 4)?.low).toBeGreaterThan(0.5)
    expect(after(4, 0)).toBeUndefined()
    expect(after(5, 0)).toBeUndefined()
    expect(after(6, 0)).toBe('a')
    expect(after(0, 6)).toBe('b')
    expect(after(3, 3)).toBeUndefined()
  })
})

describe('winTable', () => {
  it('lets the chosen lane win against all it was shown with, and nobody else', () => {
    const { pairings, standings } = winTable([
      vote(['a', 'b', 'c'], 'a'),
      vote(['b', 'a'], 'b'),
      vote(['a', 'b'], 'a'),
    ])
    const of = (label: string, other: string) =>
      pairings.find((pairing) => pairing.label === label && pairing.other === other)
    expect(of('a', 'b')).toMatchObject({ wins: 2, losses: 1, ties: 0, winShare: { value: 2 / 3 } })
    expect(of('b', 'c')).toMatchObject({ wins: 0, losses: 0, ties: 0, winShare: undefined })
    expect(standings[0]).toMatchObject({ label: 'a', shown: 3, chosen: 2 })
  })

  it('counts ties for every pair but not in shares, and none for nobody', () => {
    const { pairings, ties, none, votes } = winTable([
      vote(['a', 'b'], 'tie'),
      vote(['a', 'b'], 'none'),
      vote(['a', 'b'], 'a'),
    ])
    expect({ ties, none, votes }).toEqual({ ties: 1, none: 1, votes: 3 })
    expect(pairings[0]).toMatchObject({ wins: 1, losses: 0, ties: 1, winShare: { value: 1 } })
  })

  it('has nothing to show of no votes', () => {
    expect(winTable([])).toEqual({ standings: [], pairings: [], votes: 0, ties: 0, none: 0 })
  })
})

function vote(lanes: readonly string[], choice: string, reasons: readonly VoteReason[] = []): Vote {
  return Vote.parse({
    id: 'vote_1',
    at: 0,
    comparisonId: 'cmp_1',
    lanes,
    choice: choice === 'tie' || choice === 'none' ? { kind: choice } : { kind: 'lane', label: choice },
    reasons,
  })
}
