import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createResampler } from './resampler.ts'
import { concatFloat32, fitTone, measureResampler, noise, tone } from './testing/index.ts'

const rates = [8000, 11_025, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 96_000]
const rate = fc.constantFrom(...rates)

const run = (from: number, to: number, input: Float32Array): Float32Array => {
  const resampler = createResampler({ from, to })
  return concatFloat32([...resampler.process(input), ...resampler.flush()])
}

describe('createResampler', () => {
  it('gives exactly ceil(n * to / from) samples between any two rates', () => {
    fc.assert(
      fc.property(rate, rate, fc.nat(5000), (from, to, length) => {
        expect(run(from, to, new Float32Array(length)).length).toBe(Math.ceil((length * to) / from))
      }),
    )
  })

  it('puts output sample 0 at the time of input sample 0', () => {
    for (const from of rates) {
      for (const to of rates) {
        const frequency = 1000
        const output = run(from, to, tone({ frequency, sampleRate: from, length: from / 10, phase: 0.3 }))
        const edge = Math.ceil(to / 40)
        const cut = output.subarray(edge, -edge)
        const expected = 0.3 + (2 * Math.PI * frequency * edge) / to
        const { phase, amplitude } = fitTone(cut, frequency, to)
        expect(Math.cos(phase - expected)).toBeCloseTo(1, 9)
        expect(amplitude).toBeCloseTo(0.5, 5)
      }
    }
  })

  it('says before each chunk how much it will give, and gives the same without allocating', () => {
    fc.assert(
      fc.property(rate, rate, fc.array(fc.nat(3000), { maxLength: 12 }), (from, to, lengths) => {
        const allocating = createResampler({ from, to })
        const writing = createResampler({ from, to })
        const output = new Float32Array(40_000)
        for (const length of lengths) {
          const chunk = noise({ seed: length, length })
          const expected = writing.outputLength(length)
          const written = writing.processInto(chunk, output)
          expect(written).toBe(expected)
          expect(output.slice(0, written)).toEqual(concatFloat32(allocating.process(chunk)))
        }
      }),
      { numRuns: 25 },
    )
  })

  it('keeps a constant exactly level, so no phase stands out', () => {
    const output = run(44_100, 48_000, new Float32Array(4410).fill(1))
    const inner = output.subarray(400, -400)
    expect(Math.max(...inner) - Math.min(...inner)).toBeLessThan(1e-6)
  })

  it('gives no sample later than delayMs after it came in, and the latest just then', () => {
    for (const [from, to] of [
      [24_000, 16_000],
      [48_000, 24_000],
      [8000, 24_000],
      [44_100, 48_000],
    ] as const) {
      const resampler = createResampler({ from, to })
      let given = 0
      let longest = 0
      for (let taken = 1; taken < 1000; taken++) {
        given += concatFloat32(resampler.process(new Float32Array(1))).length
        // The next output is still missing.
        longest = Math.max(longest, taken - (given * from) / to)
      }
      expect((longest * 1000) / from).toBeLessThanOrEqual(resampler.delayMs + 1e-9)
      expect(((longest + 1) * 1000) / from).toBeGreaterThan(resampler.delayMs)
    }
  })

  it('forgets a sample that is not finite once its window has passed', () => {
    const clean = noise({ seed: 3, length: 4000 })
    const dirty = clean.slice()
    dirty[1000] = NaN
    dirty[1001] = Infinity
    const expected = run(24_000, 16_000, clean)
    expect(run(24_000, 16_000, dirty).subarray(1000)).toEqual(expected.subarray(1000))
  })

  it('refuses an output that is too short and takes nothing', () => {
    const resampler = createResampler({ from: 8000, to: 24_000 })
    const chunk = noise({ seed: 1, length: 400 })
    expect(() => resampler.processInto(chunk, new Float32Array(3))).toThrow(RangeError)
    expect(concatFloat32([...resampler.process(chunk), ...resampler.flush()])).toEqual(
      run(8000, 24_000, chunk),
    )
  })

  it.each([0, -8000, 999, 24_000.5, NaN, Infinity])('refuses a rate of %d Hz', (bad) => {
    expect(() => createResampler({ from: bad, to: 24_000 })).toThrow(RangeError)
    expect(() => createResampler({ from: 24_000, to: bad })).toThrow(RangeError)
  })
})

describe('resampler quality', () => {
  it.each([
    [24_000, 16_000, 5],
    [16_000, 24_000, 5],
    [48_000, 24_000, 3],
    [8000, 24_000, 9],
    [24_000, 8000, 9],
    [24_000, 48_000, 3],
    [44_100, 24_000, 3],
    [24_000, 44_100, 3],
  ])('is transparent from %d to %d Hz within %d ms', (from, to, delayMs) => {
    const quality = measureResampler({ from, to, run: (input) => run(from, to, input) }, 17)
    expect(quality.spurDb).toBeLessThan(-110)
    expect(quality.thdPlusNoiseDb).toBeLessThan(-125)
    expect(quality.rippleDb).toBeLessThan(0.01)
    expect(quality.halfPower).toBeGreaterThan(0.94)
    expect(createResampler({ from, to }).delayMs).toBeLessThanOrEqual(delayMs)
  })

  it.each([
    [24_000, 16_000],
    [8000, 24_000],
  ])('has from %d to %d Hz a profile with half the delay, and one that is better still', (from, to) => {
    const full = createResampler({ from, to }).delayMs
    const low = createResampler({ from, to, profile: 'lowDelay' })
    const high = createResampler({ from, to, profile: 'high' })
    expect(low.delayMs).toBeLessThan(0.62 * full)
    const measured = measureResampler(
      { from, to, run: (input) => concatFloat32([...high.process(input), ...high.flush()]) },
      17,
    )
    expect(measured.spurDb).toBeLessThan(-135)
    expect(measured.halfPower).toBeGreaterThan(0.97)
  })
})
