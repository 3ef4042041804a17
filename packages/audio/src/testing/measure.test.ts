import { describe, expect, it } from 'vitest'
import { fitTone, loudestLineDb, snrDb, thdPlusNoiseDb } from './measure.ts'
import { noise, tone } from './signals.ts'

const sampleRate = 24_000
const clean = tone({ frequency: 997, sampleRate, length: 8192, amplitude: 0.25, phase: 1 })
const soft = tone({ frequency: 5000, sampleRate, length: 8192, amplitude: 0.25e-5 })
const both = Float64Array.from(clean, (sample, i) => sample + (soft[i] ?? 0))

describe('measure', () => {
  it('finds amplitude and phase of a tone and leaves its rounding', () => {
    const { amplitude, phase, residual } = fitTone(clean, 997, sampleRate)
    expect(amplitude).toBeCloseTo(0.25, 7)
    expect(phase).toBeCloseTo(1, 6)
    expect(Math.max(...residual.map(Math.abs))).toBeLessThan(1e-7)
  })

  it('sees a line 100 dB under the tone', () => {
    expect(thdPlusNoiseDb(both, 997, sampleRate)).toBeCloseTo(-100, 1)
    expect(loudestLineDb(fitTone(both, 997, sampleRate).residual)).toBeCloseTo(-112.04, 0)
    expect(loudestLineDb(clean)).toBeCloseTo(-12.04, 0)
  })

  it('gives the power of a signal over that of its error', () => {
    const error = noise({ seed: 1, length: clean.length, amplitude: 0.01 })
    const actual = clean.map((sample, i) => sample + (error[i] ?? 0))
    const expected = 10 * Math.log10((0.25 ** 2 * 0.5) / (0.01 ** 2 / 3))
    expect(snrDb(clean, actual)).toBeCloseTo(expected, 0)
    expect(snrDb(clean, clean)).toBe(Infinity)
  })

  it('makes the same noise from the same seed only', () => {
    expect(noise({ seed: 4, length: 10 })).toEqual(noise({ seed: 4, length: 10 }))
    expect(noise({ seed: 4, length: 10 })).not.toEqual(noise({ seed: 5, length: 10 }))
  })
})
