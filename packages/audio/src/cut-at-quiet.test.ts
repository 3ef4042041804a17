import { describe, expect, it } from 'vitest'

import { cutAtQuiet } from './cut-at-quiet.ts'

describe('cutting long speech', () => {
  const loud = (length: number): Float32Array =>
    Float32Array.from({ length }, (_, index) => (index % 2 === 0 ? 0.5 : -0.5))

  it('cuts in a pause near the limit', () => {
    const samples = loud(2_000)
    samples.fill(0, 850, 900)
    const pieces = cutAtQuiet(samples, 1_000, 40)
    expect(pieces[0]?.length).toBeGreaterThanOrEqual(860)
    expect(pieces[0]?.length).toBeLessThanOrEqual(890)
  })

  it('keeps every sample and no piece over the limit, pauses or not', () => {
    for (const length of [0, 1, 999, 1_000, 1_001, 2_000, 7_777]) {
      const samples = loud(length)
      const pieces = cutAtQuiet(samples, 1_000, 40)
      expect(pieces.flatMap((piece) => [...piece])).toEqual([...samples])
      expect(Math.max(...pieces.map((piece) => piece.length))).toBeLessThanOrEqual(1_000)
    }
  })
})
