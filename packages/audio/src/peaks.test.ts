import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createPeaks, peaksOfBins } from './peaks.ts'
import { seededRandom } from './signals/random.ts'

describe('createPeaks', () => {
  it('never misses the loudest sample between two times, whatever the zoom', () => {
    const random = seededRandom(3)
    const samples = Int16Array.from({ length: 24 * 400 }, () => 30_000 * random() ** 8)
    const peaks = createPeaks([{ at: 0, samples }], 24_000)
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 390 }), fc.integer({ min: 1, max: 400 }), (from, length) => {
        const part = samples.subarray(from * 24, (from + length) * 24)
        const truth = part.reduce((most, sample) => Math.max(most, sample), 0) / 32_768
        expect(peaks.loudest(from, from + length)).toBeGreaterThanOrEqual(truth)
      }),
    )
  })

  it('does not smear sound further than one bin of its level', () => {
    const samples = new Int16Array(24_000)
    samples[12_000] = 16_384
    const peaks = createPeaks([{ at: 1000, samples }], 24_000)
    expect(peaks.loudest(1500, 1501)).toBe(0.5)
    expect(peaks.loudest(1498, 1499)).toBe(0)
    expect(peaks.loudest(1400, 1416)).toBe(0)
    expect(peaks.loudest(0, 3000)).toBe(0.5)
    expect(peaks.loudest(5000, 6000)).toBe(0)
  })

  it('takes the louder of sounds that lie on one another', () => {
    const sounds = [Int16Array.of(-16_384), Int16Array.of(8192)].map((samples) => ({ at: 3, samples }))
    expect(createPeaks(sounds, 24_000).loudest(3, 4)).toBe(0.5)
  })

  it('reads bins that are there already', () => {
    const peaks = peaksOfBins(Uint8Array.of(0, 0, 255, 0, 0, 51), 10, 255)
    expect(peaks.loudest(20, 30)).toBe(1)
    expect(peaks.loudest(50, 60)).toBe(0.2)
    expect(peaks.loudest(0, 1000)).toBe(1)
  })
})
