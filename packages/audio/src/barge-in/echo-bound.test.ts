import { describe, expect, it } from 'vitest'
import { noise, seededRandom } from '../testing/signals.ts'
import { createEchoBound } from './echo-bound.ts'

const rate = 16_000
const frameSamples = 128

/** Bursts of noise, each of another level and length. */
function bursts(seed: number, seconds: number): Float32Array {
  const random = seededRandom(seed)
  const samples = noise({ seed: seed + 1000, length: seconds * rate, amplitude: 1 })
  for (let at = 0; at < samples.length;) {
    const end = at + Math.round((0.06 + 0.2 * random()) * rate)
    const level = 0.05 + 0.2 * random()
    for (let n = at; n < Math.min(end, samples.length); n += 1) samples[n] = level * (samples[n] ?? 0)
    at = end + Math.round(0.1 * random() * rate)
    samples.fill(0, Math.min(end, samples.length), Math.min(at, samples.length))
  }
  return samples
}

/** Answers of 3 s, a second apart, each heard back after a time of its own (ms). */
function call(delays: readonly number[]) {
  const played = new Float32Array(delays.length * 4 * rate)
  const near = noise({ seed: 5, length: played.length, amplitude: 0.0008 })
  for (const [index, delayMs] of delays.entries()) {
    const start = index * 4 * rate + rate / 2
    const late = Math.round(delayMs * 16)
    played.set(bursts(index, 3), start)
    for (let n = start; n < start + 3 * rate; n += 1)
      near[n + late] = (near[n + late] ?? 0) + 0.5 * (played[n] ?? 0)
  }
  return { played, near }
}

/** Longest stretch of sound that passes for the user's (ms); the reference is given only while something is played. */
function longestPassedMs(
  { played, near }: ReturnType<typeof call>,
  { expected = true, fromMs = 0 }: { readonly expected?: boolean; readonly fromMs?: number } = {},
): number {
  const bound = createEchoBound(rate)
  bound.expected = expected
  let longest = 0
  let stretch = 0
  for (let at = 0; at + frameSamples <= near.length; at += frameSamples) {
    const reference = played.subarray(at, at + frameSamples)
    if (reference.some((sample) => sample !== 0)) bound.reference(reference)
    const frame = near.subarray(at, at + frameSamples)
    const passes = bound.process(frame) >= 0.5 && frame.some((sample) => Math.abs(sample) > 0.005)
    stretch = passes && at >= fromMs * 16 ? stretch + 1 : 0
    longest = Math.max(longest, stretch)
  }
  return (longest * frameSamples * 1000) / rate
}

describe('the bound on speech while something is played', () => {
  it('lets no echo through, also of a player that begins each answer earlier or later', () => {
    expect(longestPassedMs(call([150, 170, 140, 160, 130, 165]))).toBeLessThan(90)
  })

  it('lets an echo through that nobody reckons with, until it is found', () => {
    const scene = call([150, 170, 140, 160])
    expect(longestPassedMs(scene, { expected: false })).toBeGreaterThan(200)
    expect(longestPassedMs(scene, { expected: false, fromMs: 4000 })).toBeLessThan(90)
  })

  it('lets the user through who speaks after the answer', () => {
    const { played, near } = call([150, 150])
    near.set(bursts(99, 1), 6.9 * rate)
    expect(longestPassedMs({ played: played.fill(0, 6.9 * rate), near })).toBeGreaterThan(200)
  })

  it('is none before anything was played, and some time after', () => {
    const bound = createEchoBound(rate)
    const loud = noise({ seed: 1, length: frameSamples, amplitude: 0.5 })
    expect(bound.process(loud)).toBe(1)
    for (let at = 0; at < rate; at += frameSamples) {
      bound.reference(loud)
      bound.process(loud)
    }
    expect(bound.process(loud)).toBeLessThan(1)
    for (let at = 0; at < 1.6 * rate; at += frameSamples) bound.process(loud)
    expect(bound.process(loud)).toBe(1)
  })
})
