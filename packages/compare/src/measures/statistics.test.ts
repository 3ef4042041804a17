import { seededRandom } from '@parley/audio/signals'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { differenceOf, verdictOf } from './difference.ts'
import { quantile, summarise } from './summarise.ts'

const values = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 60 })

describe('summarise', () => {
  it('interpolates between the closest ranks', () => {
    expect(summarise([4, 1, 3, 2])).toEqual({
      count: 4,
      median: 2.5,
      p95: expect.closeTo(3.85),
      min: 1,
      max: 4,
      spread: 1.5,
      small: 'median',
    })
  })

  it('has nothing to say of nothing, and warns of small samples', () => {
    expect(summarise([])).toBeUndefined()
    expect([1, 4, 5, 19, 20].map((length) => summarise(Array.from({ length }, () => 1))?.small)).toEqual([
      'median',
      'median',
      'p95',
      'p95',
      'no',
    ])
  })

  it('keeps its figures in order and does not mind the order of observations', () => {
    fc.assert(
      fc.property(values, (some) => {
        const summary = summarise(some)
        if (summary === undefined) throw new Error('no summary')
        const { min, median, p95, max, spread } = summary
        expect([min, median, p95, max]).toEqual([min, median, p95, max].toSorted((a, b) => a - b))
        expect(spread).toBeGreaterThanOrEqual(0)
        expect(summarise(some.toReversed())).toEqual(summary)
      }),
    )
  })

  it('takes any quantile of equal values as that value', () => {
    fc.assert(
      fc.property(fc.integer(), fc.double({ min: 0, max: 1, noNaN: true }), (value, share) => {
        expect(quantile([value, value, value], share)).toBe(value)
      }),
    )
  })
})

describe('differenceOf', () => {
  it('is the median of all differences', () => {
    expect(differenceOf([110, 120, 130], [100])?.shift).toBe(20)
    expect(differenceOf([], [100])).toBeUndefined()
    expect(differenceOf([100], [])).toBeUndefined()
  })

  it('gives no interval where no interval of 95 % exists', () => {
    expect(differenceOf([1, 2, 3], [4, 5, 6])?.interval).toBeUndefined()
    expect(differenceOf([1, 2, 3, 4], [5, 6, 7, 8])?.interval).toEqual({ low: -7, high: -1 })
  })

  it('is better or worse only with enough observations on both sides and an interval without 0', () => {
    const verdict = (
      here: readonly number[],
      there: readonly number[],
      better: 'lower' | 'higher' = 'lower',
    ) => {
      const difference = differenceOf(here, there)
      return difference && verdictOf(difference, better)
    }
    const [low, high] = [
      [1, 2, 3, 4, 5],
      [11, 12, 13, 14, 15],
    ] as const
    expect(verdict(low, high)).toBe('better')
    expect(verdict(low, high, 'higher')).toBe('worse')
    expect(verdict(high, low)).toBe('worse')
    expect(verdict(low.slice(1), high.slice(1))).toBe('open')
    expect(verdict(low, high.slice(1))).toBe('open')
    expect(verdict(low, low)).toBe('open')
    expect(verdict([0, 0, 0, 0, 0], [0, 0, 0, 0, 0])).toBe('same')
    expect(verdict([0], [0])).toBe('same')
  })

  // Critical values of the two-sided rank-sum test at 5 %, as tables give them; the end is the difference after it.
  it.each([
    [3, 5, 0],
    [5, 5, 2],
    [5, 8, 6],
    [6, 6, 5],
    [10, 10, 23],
  ])('has the ranks of the tables: %i and %i observations, critical value %i', (m, n, critical) => {
    const here = Array.from({ length: m }, (_, index) => index * n)
    const there = Array.from({ length: n }, (_, index) => -index)
    const sorted = here.flatMap((a) => there.map((b) => a - b)).toSorted((a, b) => a - b)
    const { low, high } = differenceOf(here, there)?.interval ?? { low: Number.NaN, high: Number.NaN }
    expect(sorted.indexOf(low)).toBe(critical)
    expect(sorted.length - 1 - sorted.indexOf(high)).toBe(critical)
  })

  it('covers the true shift in about 95 of 100 samples, counted out or by the normal distribution', () => {
    const random = seededRandom(7)
    for (const count of [8, 24]) {
      let covered = 0
      for (let trial = 0; trial < 600; trial++) {
        // Skewed, as waits are.
        const draw = (shift: number): number[] =>
          Array.from({ length: count }, () => shift - 200 * Math.log(1 - random()))
        const interval = differenceOf(draw(50), draw(0))?.interval
        if (interval !== undefined && interval.low <= 50 && interval.high >= 50) covered += 1
      }
      expect(covered / 600).toBeGreaterThan(0.93)
      expect(covered / 600).toBeLessThan(0.985)
    }
  })

  it('turns its sign with its sides and moves with its values', () => {
    fc.assert(
      fc.property(values, values, fc.integer({ min: -1000, max: 1000 }), (a, b, shift) => {
        const there = differenceOf(a, b)
        const back = differenceOf(b, a)
        expect(back?.shift).toBeCloseTo(-(there?.shift ?? 0), 6)
        expect(back?.interval?.low ?? 0).toBeCloseTo(-(there?.interval?.high ?? 0), 6)
        const moved = differenceOf(
          a.map((value) => value + shift),
          b,
        )
        expect(moved?.shift).toBeCloseTo((there?.shift ?? 0) + shift, 6)
      }),
    )
  })
})
