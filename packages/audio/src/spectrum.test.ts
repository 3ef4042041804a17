import { describe, expect, it } from 'vitest'
import { rmsDbfs, silenceDbfs } from './level.ts'
import { createSpectrum } from './spectrum.ts'

const sine = (length: number, cycles: number, amplitude = 1): Float32Array =>
  Float32Array.from({ length }, (_, i) => amplitude * Math.sin((2 * Math.PI * cycles * i) / length + 0.3))

function levelsOf(frame: Float32Array): Float32Array {
  const spectrum = createSpectrum(frame.length)
  const levels = new Float32Array(spectrum.bins)
  spectrum.levelsInto(frame, levels)
  return levels
}

describe('createSpectrum', () => {
  it.each([3, 37, 100, 253])('reads a sine of %i cycles in its bin, at its level', (cycles) => {
    const frame = sine(512, cycles, 0.25)
    const levels = levelsOf(frame)
    expect(levels[cycles]).toBeCloseTo(rmsDbfs(frame), 3)
    levels.forEach((level, bin) => {
      if (Math.abs(bin - cycles) > 2) expect(level, `bin ${bin}`).toBeLessThan(-110)
    })
  })

  it('gives what the definition of the transform gives', () => {
    const frame = Float32Array.from({ length: 16 }, (_, i) => Math.sin(i * i) * 0.5)
    const levels = levelsOf(frame)
    const expected = Float32Array.from({ length: 9 }, (_, k) => {
      let re = 0
      let im = 0
      frame.forEach((sample, i) => {
        const weighted = sample * (0.5 - 0.5 * Math.cos((2 * Math.PI * i) / 16))
        re += weighted * Math.cos((2 * Math.PI * k * i) / 16)
        im -= weighted * Math.sin((2 * Math.PI * k * i) / 16)
      })
      return 10 * Math.log10((2 * (re * re + im * im)) / 8 ** 2)
    })
    levels.forEach((level, bin) => expect(level).toBeCloseTo(expected[bin] ?? NaN, 3))
  })

  it('hears nothing in silence and in what is no sound', () => {
    for (const frame of [new Float32Array(64), new Float32Array(64).fill(NaN)]) {
      expect([...levelsOf(frame)]).toEqual(Array.from({ length: 33 }, () => silenceDbfs))
    }
  })

  it('refuses sizes that it cannot transform', () => {
    for (const size of [0, 2, 3, 100, NaN]) expect(() => createSpectrum(size)).toThrow(RangeError)
    expect(() => createSpectrum(64).levelsInto(new Float32Array(32), new Float32Array(33))).toThrow(
      RangeError,
    )
  })
})
