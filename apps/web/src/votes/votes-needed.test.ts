import { wilson } from '@parley/compare'
import { describe, expect, it } from 'vitest'
import { votesNeeded } from './votes-needed.ts'

describe('votesNeeded', () => {
  it('is none when the interval is off the middle already', () => {
    expect(wilson(9, 10)?.low).toBeGreaterThan(0.5)
    expect(votesNeeded(9, 1)).toBe(0)
    expect(votesNeeded(1, 9)).toBe(0)
  })

  it('is the fewest votes in the same proportion that move it there', () => {
    const more = votesNeeded(6, 4) ?? 0
    const cast = 10 + more
    expect(wilson(0.6 * cast, cast)?.low).toBeGreaterThan(0.5)
    expect(wilson(0.6 * (cast - 1), cast - 1)?.low).toBeLessThanOrEqual(0.5)
  })

  it('cannot be named for even lanes, for none, and for lanes that are too close', () => {
    expect(votesNeeded(5, 5)).toBeUndefined()
    expect(votesNeeded(0, 0)).toBeUndefined()
    expect(votesNeeded(501, 500)).toBeUndefined()
  })
})
