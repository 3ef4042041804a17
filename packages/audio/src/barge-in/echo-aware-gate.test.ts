import { describe, expect, it } from 'vitest'
import { noise, seededRandom } from '../testing/signals.ts'
import { createEchoAwareDetector } from './echo-aware-detector.ts'
import { createEchoAwareGate } from './echo-aware-gate.ts'

const rate = 16_000

/** Syllables of noise, each of another colour, level and length, with gaps between them. */
function syllables(seed: number, seconds: number): Float32Array {
  const random = seededRandom(seed)
  const samples = new Float32Array(seconds * rate)
  const white = noise({ seed: seed + 1000, length: samples.length, amplitude: 1 })
  let at = 0
  while (at < samples.length) {
    const length = Math.round((0.06 + 0.2 * random()) * rate)
    const level = 0.05 + 0.25 * random()
    const pole = 0.2 + 0.75 * random()
    let filtered = 0
    for (let n = at; n < Math.min(at + length, samples.length); n += 1) {
      filtered = pole * filtered + (1 - pole) * (white[n] ?? 0)
      samples[n] = level * filtered * Math.sin((Math.PI * (n - at)) / length)
    }
    at += length + Math.round((random() < 0.15 ? 0.5 : 0.05) * random() * rate)
  }
  return samples
}

const delayedBy = (samples: Float32Array, ms: number, gain: number): Float32Array => {
  const late = Math.round((ms * rate) / 1000)
  return samples.map((_, n) => gain * (samples[n - late] ?? 0))
}
const mixed = (...parts: readonly Float32Array[]): Float32Array =>
  (parts[0] ?? new Float32Array(0)).map((_, n) => parts.reduce((sum, part) => sum + (part[n] ?? 0), 0))

/** Share of frames of 10 ms from second `from` to `to` that are the user's. */
function userShare(
  { played, near }: { readonly played: Float32Array; readonly near: Float32Array },
  [from, to]: readonly [number, number],
): { readonly share: number; readonly delayMs: number | undefined } {
  const gate = createEchoAwareGate()
  let users = 0
  for (let frame = 0; frame < near.length / 160; frame += 1) {
    gate.reference(played.subarray(frame * 160, frame * 160 + 160))
    const probability = gate.process(near.subarray(frame * 160, frame * 160 + 160))
    if (frame >= from * 100 && frame < to * 100 && probability >= 0.5) users += 1
  }
  return { share: users / (100 * (to - from)), delayMs: gate.delayMs }
}

const seconds = 12
const room = noise({ seed: 9, length: seconds * rate, amplitude: 0.0008 })
const played = syllables(1, seconds)

describe('the gate that knows what is played', () => {
  it.each([20, 120, 300])('learns an echo after %i ms and lets none of it through', (delayMs) => {
    const near = mixed(delayedBy(played, delayMs, 0.5), room)
    const heard = userShare({ played, near }, [0.5, seconds])
    expect(Math.abs((heard.delayMs ?? NaN) - delayMs)).toBeLessThanOrEqual(20)
    expect(heard.share).toBeLessThan(0.005)
  })

  it.each([30, 40, 60])('lets no reflection through that comes %i ms late', (lateMs) => {
    const near = mixed(delayedBy(played, 60, 0.5), delayedBy(played, 60 + lateMs, 0.13), room)
    expect(userShare({ played, near }, [0.5, seconds]).share).toBeLessThan(0.005)
  })

  it('hears a user who talks over it', () => {
    const user = syllables(77, seconds).map((sample, n) => (n > 8 * rate ? sample : 0))
    const near = mixed(delayedBy(played, 120, 0.5), room, user)
    expect(userShare({ played, near }, [8.5, seconds]).share).toBeGreaterThan(0.25)
  })

  it('hears a user with headphones, where nothing comes back', () => {
    const user = syllables(77, seconds).map((sample, n) => (n > 6 * rate ? sample : 0))
    expect(userShare({ played, near: mixed(room, user) }, [6.2, seconds]).share).toBeGreaterThan(0.5)
    expect(userShare({ played, near: room }, [0.5, seconds]).share).toBe(0)
  })

  it('follows a loudspeaker that is turned up', () => {
    const louder = delayedBy(played, 60, 0.2).map((sample, n) => (n > 6 * rate ? sample * 1.6 : sample))
    expect(userShare({ played, near: mixed(louder, room) }, [9, seconds]).share).toBeLessThan(0.02)
  })

  it('stays a probability on samples that are no numbers', () => {
    const gate = createEchoAwareGate()
    for (const value of [NaN, Infinity, -Infinity, 3e38, 0]) {
      gate.reference(new Float32Array(160).fill(value))
      const probability = gate.process(new Float32Array(160).fill(value))
      expect(probability).toBeGreaterThanOrEqual(0)
      expect(probability).toBeLessThanOrEqual(1)
    }
  })

  it('is new after a reset', () => {
    const gate = createEchoAwareGate()
    const run = (): readonly number[] =>
      Array.from({ length: 400 }, (_, frame) => {
        gate.reference(played.subarray(frame * 160, frame * 160 + 160))
        return gate.process(room.subarray(frame * 160, frame * 160 + 160))
      })
    const first = run()
    gate.reset()
    expect(run()).toEqual(first)
  })

  it('refuses a frame of another length', () => {
    expect(() => createEchoAwareGate().process(new Float32Array(320))).toThrow(RangeError)
    expect(() => createEchoAwareGate().reference(new Float32Array(80))).toThrow(RangeError)
    expect(() => createEchoAwareGate({ sampleRate: 48_000 })).toThrow(RangeError)
  })
})

describe('a detector that knows what is played', () => {
  it('takes an echo for silence and leaves the rest to the detector', () => {
    const anySound = (frame: Float32Array): number =>
      frame.some((sample) => Math.abs(sample) > 0.005) ? 0.9 : 0
    const near = mixed(delayedBy(played, 80, 0.5), room)
    const detector = createEchoAwareDetector({
      frameSamples: 320,
      sampleRate: rate,
      process: anySound,
      reset: () => undefined,
    })
    const heard: number[] = []
    for (let at = 0; at < near.length; at += 320) {
      detector.reference(played.subarray(at, at + 320))
      heard.push(detector.process(near.subarray(at, at + 320)))
    }
    expect(heard.filter((probability) => probability >= 0.5).length).toBeLessThan(3)
    detector.reset()
    for (let at = 0; at < near.length; at += 320) {
      const frame = near.subarray(at, at + 320)
      expect(detector.process(frame)).toBe(anySound(frame))
    }
  })
})
