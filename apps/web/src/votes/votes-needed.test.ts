import { signTest } from '@parley/compare'
import { describe, expect, it } from 'vitest'
import { votesNeeded } from './votes-needed.ts'

describe('votesNeeded', () => {
  it('is none when one lane is preferred already', () => {
    expect(votesNeeded(9, 1)).toBe(0)
    expect(votesNeeded(1, 9)).toBe(0)
    expect(votesNeeded(6, 0)).toBe(0)
  })

  it('takes a lane that won all votes to the six of the sign test', () => {
    expect(votesNeeded(4, 0)).toBe(2)
    expect(votesNeeded(0, 5)).toBe(1)
  })

  it('is the fewest votes in the same proportion that suffice', () => {
    const more = votesNeeded(6, 4) ?? 0
    const cast = 10 + more
    const chanceOf = (votes: number): number =>
      signTest(Math.floor(0.6 * votes), votes - Math.floor(0.6 * votes))
    expect(chanceOf(cast)).toBeLessThan(0.05)
    expect(chanceOf(cast - 1)).toBeGreaterThanOrEqual(0.05)
  })

  it('cannot be named for even lanes, for none, and for lanes that are too close', () => {
    expect(votesNeeded(5, 5)).toBeUndefined()
    expect(votesNeeded(0, 0)).toBeUndefined()
    expect(votesNeeded(501, 500)).toBeUndefined()
  })
})
