import { describe, expect, it } from 'vitest'
import { rmsDbfs } from '../level.ts'
import { brownNoise, pinkNoise } from './signals-noise.ts'
import { convolved, impulses, logSweep, multiTone, roomResponse } from './signals-probe.ts'
import { babble, voice } from './signals-voice.ts'
import { noise, tone } from './signals.ts'

const sampleRate = 16_000

/** Power of one frequency, in dB. */
function powerAt(samples: Float32Array, frequency: number): number {
  let real = 0
  let imaginary = 0
  for (let i = 0; i < samples.length; i++) {
    const angle = (2 * Math.PI * frequency * i) / sampleRate
    real += (samples[i] ?? 0) * Math.cos(angle)
    imaginary += (samples[i] ?? 0) * Math.sin(angle)
  }
  return 10 * Math.log10((4 * (real * real + imaginary * imaginary)) / samples.length ** 2)
}

/** Mean power of a band of many frequencies, in dB. */
function bandPower(samples: Float32Array, center: number): number {
  const lines = Array.from({ length: 40 }, (_, k) => 10 ** (powerAt(samples, center * (0.9 + k / 200)) / 10))
  return 10 * Math.log10(lines.reduce((sum, line) => sum + line) / lines.length)
}

describe('test signals', () => {
  it.each([
    ['white', 0, noise({ seed: 1, length: 32_000 })],
    ['pink', -3, pinkNoise({ seed: 1, length: 32_000 })],
    ['brown', -6, brownNoise({ seed: 1, length: 32_000 })],
  ])('%s noise falls by %i dB an octave', (_, slope, samples) => {
    const octaves = Math.log2(1600 / 200)
    expect((bandPower(samples, 1600) - bandPower(samples, 200)) / octaves).toBeCloseTo(slope, -0.2)
    expect(Math.max(...samples)).toBeLessThanOrEqual(0.5)
  })

  it('sweeps from the one frequency to the other, an octave in the same time as the next', () => {
    const sweep = logSweep({ from: 100, to: 6400, sampleRate, length: sampleRate * 6 })
    const crossings = (second: number): number => {
      const part = sweep.subarray(second * sampleRate, (second + 1) * sampleRate)
      return part.filter((sample, i) => i > 0 && Math.sign(sample) !== Math.sign(part[i - 1] ?? 0)).length / 2
    }
    for (let second = 0; second < 5; second++) {
      expect(crossings(second + 1) / crossings(second)).toBeCloseTo(2, 1)
    }
    expect(Math.abs(sweep[0] ?? 1)).toBeLessThan(1e-6)
  })

  it('gives every tone of several the same strength, and a low peak', () => {
    const frequencies = [400, 800, 1200, 1600, 2000, 2400, 2800, 3200]
    const sum = multiTone({ frequencies, sampleRate, length: 16_000 })
    const levels = frequencies.map((frequency) => powerAt(sum, frequency))
    expect(Math.max(...levels) - Math.min(...levels)).toBeLessThan(0.01)
    expect(Math.max(...sum)).toBeLessThan(0.35)
  })

  it('clicks where it says', () => {
    expect([...impulses({ period: 3, length: 7 })]).toEqual([1, 0, 0, 1, 0, 0, 1])
  })

  it('makes a room that falls by 60 dB in its time and keeps the energy', () => {
    const response = roomResponse({ seed: 2, sampleRate, reverberationMs: 300 })
    const part = (from: number): number => rmsDbfs(response.subarray(from, from + 400))
    expect(part(60) - part(60 + 2400)).toBeCloseTo(30, -0.5)
    expect(response.reduce((sum, value) => sum + value * value, 0)).toBeCloseTo(1, 5)
    expect(roomResponse({ seed: 2, sampleRate, reverberationMs: 300 })).toEqual(response)
  })

  it('plays a sound in a room', () => {
    expect([...convolved(Float32Array.of(1, 0, 2), Float32Array.of(0, 1, 0.5))]).toEqual([0, 1, 0.5])
    const through = convolved(tone({ frequency: 500, sampleRate, length: 100 }), Float32Array.of(1))
    expect(through).toEqual(tone({ frequency: 500, sampleRate, length: 100 }))
  })

  it('speaks with pauses, as another speaker for another seed', () => {
    const one = voice({ seed: 1, sampleRate, length: sampleRate * 4 })
    const levels = Array.from({ length: 200 }, (_, i) => rmsDbfs(one.subarray(i * 320, (i + 1) * 320)))
    expect(levels.filter((level) => level > -35).length).toBeGreaterThan(100)
    expect(levels.filter((level) => level < -70).length).toBeGreaterThan(5)
    expect(voice({ seed: 1, sampleRate, length: sampleRate * 4 })).toEqual(one)
    expect(voice({ seed: 2, sampleRate, length: sampleRate * 4 })).not.toEqual(one)
  })

  it('fills the pauses when many speak', () => {
    const many = babble({ seed: 1, sampleRate, length: sampleRate * 2 })
    const levels = Array.from({ length: 95 }, (_, i) =>
      rmsDbfs(many.subarray(i * 320 + 1600, (i + 1) * 320 + 1600)),
    )
    expect(Math.min(...levels)).toBeGreaterThan(-45)
  })
})
