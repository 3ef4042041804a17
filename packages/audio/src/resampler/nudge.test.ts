import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createResampler } from '../resampler.ts'
import { concatFloat32, describeLaws, fitTone, noise, processorLaws, tone } from '../testing/index.ts'

const pairs = [
  [24_000, 16_000],
  [16_000, 24_000],
  [44_100, 48_000],
  [24_000, 24_000],
  [8000, 24_000],
] as const

describe('nudge', () => {
  it.each(pairs)('gives as many samples more as it is told from %d to %d Hz', (from, to) => {
    for (const ratio of [0.995, 0.9999, 1, 1.0001, 1.005]) {
      const resampler = createResampler({ from, to })
      resampler.nudge(ratio)
      const length = concatFloat32([
        ...resampler.process(new Float32Array(10 * from)),
        ...resampler.flush(),
      ]).length
      expect(Math.abs(length - 10 * to * ratio)).toBeLessThanOrEqual(1)
    }
  })

  it.each(pairs)('does not click when it changes from %d to %d Hz', (from, to) => {
    const frequency = 440
    const resampler = createResampler({ from, to })
    const input = tone({ frequency, sampleRate: from, length: from })
    const chunks: Float32Array[] = []
    const ratios = [1, 1.005, 0.995, 1, 1.002]
    for (let i = 0; i * 480 < input.length; i++) {
      const ratio = ratios[i % ratios.length]
      if (i > 3 && ratio !== undefined) resampler.nudge(ratio)
      chunks.push(...resampler.process(input.subarray(480 * i, 480 * (i + 1))))
    }
    const output = concatFloat32(chunks)
    // A sine of amplitude 0.5 curves by no more than this from sample to sample; a click would by much more.
    const curvature = 0.5 * ((2 * Math.PI * frequency * 1.006) / to) ** 2
    for (let i = Math.ceil(to / 100); i < output.length - 1; i++) {
      const bend = (output[i - 1] ?? 0) - 2 * (output[i] ?? 0) + (output[i + 1] ?? 0)
      if (Math.abs(bend) > curvature * 1.1 + 1e-5) expect.fail(`sample ${i} bends by ${bend}`)
    }
  })

  it('shifts the tone by the ratio and adds no noise', () => {
    const resampler = createResampler({ from: 48_000, to: 24_000 })
    resampler.nudge(1.004)
    const input = tone({ frequency: 997, sampleRate: 48_000, length: 48_000 })
    const output = concatFloat32(resampler.process(input)).subarray(1000, 20_000)
    const { amplitude, residual } = fitTone(output, 997 / 1.004, 24_000)
    const power = residual.reduce((sum, value) => sum + value * value, 0) / residual.length
    expect(10 * Math.log10(power / (amplitude * amplitude * 0.5))).toBeLessThan(-120)
  })

  it('ends with the stream', () => {
    const input = noise({ seed: 2, length: 2000 })
    const resampler = createResampler({ from: 24_000, to: 16_000 })
    const first = concatFloat32([...resampler.process(input), ...resampler.flush()])
    resampler.nudge(1.005)
    resampler.process(input)
    resampler.flush()
    expect(concatFloat32([...resampler.process(input), ...resampler.flush()])).toEqual(first)
    resampler.nudge(1.005)
    resampler.reset()
    expect(concatFloat32([...resampler.process(input), ...resampler.flush()])).toEqual(first)
  })

  it.each([0.99, 1.0051, NaN, 0, -1])('refuses a ratio of %d', (ratio) => {
    expect(() => createResampler({ from: 24_000, to: 16_000 }).nudge(ratio)).toThrow(RangeError)
  })

  it('says how much comes at any time', () => {
    const lengths = fc.array(fc.tuple(fc.nat(700), fc.constantFrom(1, 0.995, 1.005, 1.00003)), {
      maxLength: 8,
    })
    fc.assert(
      fc.property(fc.constantFrom(...pairs), lengths, ([from, to], steps) => {
        const resampler = createResampler({ from, to })
        for (const [length, ratio] of steps) {
          resampler.nudge(ratio)
          const expected = resampler.outputLength(length)
          expect(concatFloat32(resampler.process(new Float32Array(length))).length).toBe(expected)
        }
      }),
      { numRuns: 40 },
    )
  })
})

for (const [from, to] of pairs) {
  describeLaws(`nudged resampler ${from} > ${to}`, processorLaws(noise({ seed: 8, length: 2000 })), () => {
    const resampler = createResampler({ from, to })
    // Every stream is nudged before its first chunk.
    const nudged = (chunk: Float32Array): readonly Float32Array[] => {
      if (resampler.outputLength(0) === 0 && !begun) resampler.nudge(1.003)
      begun = true
      return resampler.process(chunk)
    }
    let begun = false
    return {
      process: nudged,
      flush() {
        begun = false
        return resampler.flush()
      },
      reset() {
        begun = false
        resampler.reset()
      },
    }
  })
}
