import { describe, expect, it } from 'vitest'
import { overNoise } from './over-noise.ts'
import { seededRandom } from './random.ts'
import { roomNoise } from './room-noise.ts'
import { tone } from './tone.ts'

function rmsDbOf(samples: Iterable<number>): number {
  const values = [...samples]
  return 10 * Math.log10(values.reduce((sum, value) => sum + value * value, 0) / values.length)
}

const kinds = ['white', 'pink', 'babble'] as const
const options = { sampleRate: 24_000, length: 24_000, seed: 7 }

describe('roomNoise', () => {
  it.each(kinds)('is %s with a mean square of 1, the same for the same seed', (kind) => {
    const noise = roomNoise({ ...options, kind })
    expect(rmsDbOf(noise)).toBeCloseTo(0, 3)
    expect(roomNoise({ ...options, kind })).toEqual(noise)
    expect(roomNoise({ ...options, kind, seed: 8 })).not.toEqual(noise)
  })

  // Scenarios are compared across versions: another noise would be another scenario.
  it.each([
    ['white', ['0.754906', '-0.921892', '-1.490669', '-1.253455']],
    ['pink', ['0.630267', '-0.457715', '-0.254966', '-0.356422']],
    ['babble', ['-0.000374', '-0.188740', '-0.578356', '-0.143057']],
  ] as const)('has always been this %s', (kind, samples) => {
    const noise = roomNoise({ ...options, kind })
    expect([100, 5_000, 9_000, 20_000].map((place) => noise[place]?.toFixed(6))).toEqual(samples)
  })

  it('falls by 3 dB an octave where it is pink', () => {
    const long = { ...options, length: 1 << 17, seed: 1 }
    // White noise loses 3 dB with each doubling of a running mean; pink keeps most of its power.
    const lost = (kind: 'white' | 'pink'): number => {
      const noise = roomNoise({ ...long, kind })
      const means = Array.from({ length: noise.length / 64 }, (_, i) =>
        noise.subarray(i * 64, (i + 1) * 64).reduce((sum, value) => sum + value / 64, 0),
      )
      return rmsDbOf(noise) - rmsDbOf(means)
    }
    expect(lost('pink')).toBeLessThan(9)
    expect(lost('white')).toBeGreaterThan(16)
  })

  it('is nothing where nothing is asked for', () => {
    expect(roomNoise({ ...options, kind: 'pink', length: 0 })).toHaveLength(0)
  })
})

describe('overNoise', () => {
  const noisy = { kind: 'white', sampleRate: 24_000, seed: 3, before: 480, after: 960, fade: 48 } as const

  it('keeps the sound at its place, with noise of the level around it', () => {
    const clean = new Int16Array(24_000).fill(20_000)
    const samples = overNoise(clean, { ...noisy, before: 24_000, rms: 100 })
    expect(samples).toHaveLength(24_000 + 24_000 + 960)
    expect(rmsDbOf(samples.subarray(48, 24_000))).toBeCloseTo(40, 1)
    const under = samples.subarray(24_000, 48_000)
    expect(under.reduce((sum, sample) => sum + sample / under.length, 0)).toBeCloseTo(20_000, -1)
  })

  it('rises and falls at its ends', () => {
    const samples = overNoise(new Int16Array(0), { ...noisy, rms: 10_000 })
    expect(samples[0]).toBe(0)
    expect(Math.abs(samples[1] ?? 1e9)).toBeLessThan(400)
    expect(Math.abs(samples.at(-1) ?? 1e9)).toBeLessThan(400)
  })

  it('is clamped at full scale', () => {
    const samples = overNoise(new Int16Array(2400).fill(32_000), { ...noisy, before: 0, rms: 10_000 })
    expect(samples.reduce((most, sample) => Math.max(most, sample))).toBe(32_767)
  })
})

it('gives random numbers that are the same for the same seed', () => {
  const [first, second] = [seededRandom(1), seededRandom(1)]
  expect([first(), first()]).toEqual([second(), second()])
})

it('makes a tone that begins at its phase', () => {
  const wave = tone({ frequency: 1000, sampleRate: 8000, length: 5, amplitude: 1, phase: Math.PI / 2 })
  expect([...wave].map((sample) => Math.round(sample * 1000) / 1000)).toEqual([1, 0.707, 0, -0.707, -1])
})
