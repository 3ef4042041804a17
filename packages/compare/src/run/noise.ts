import type { Noise } from '../scenario/scenario.ts'
import type * as z from 'zod'
import { trackRate } from './lane-run.ts'

/** Kinds of noise a scenario can ask for. */
export type NoiseKind = z.infer<typeof Noise>['kind']

/** Random numbers from 0 to 1 that are the same for the same seed (mulberry32). */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000
  }
}

/** A seed from text (FNV-1a). */
export function seedOf(text: string): number {
  let hash = 0x811c9dc5
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193)
  return hash >>> 0
}

/** Noise with a mean square of 1, the same for the same seed. */
export function createNoise(kind: NoiseKind, samples: number, seed: number): Float32Array {
  const noise = sourceOf(kind, samples, createRandom(seed))
  const power = noise.reduce((sum, value) => sum + value * value, 0) / Math.max(1, samples)
  const gain = power > 0 ? 1 / Math.sqrt(power) : 0
  return noise.map((value) => value * gain)
}

function sourceOf(kind: NoiseKind, samples: number, random: () => number): Float32Array {
  switch (kind) {
    case 'white':
      return whiteNoise(samples, random)
    case 'pink':
      return pinkNoise(samples, random)
    case 'babble':
      return babble(samples, random)
  }
}

function whiteNoise(samples: number, random: () => number): Float32Array {
  return Float32Array.from({ length: samples }, () => random() * 2 - 1)
}

/** Voss and McCartney: one of sixteen held values changes at each sample, the slower ones half as often. */
function pinkNoise(samples: number, random: () => number): Float32Array {
  const held = Array.from({ length: 16 }, () => random() * 2 - 1)
  let sum = held.reduce((total, value) => total + value, 0)
  return Float32Array.from({ length: samples }, (_, index) => {
    const row = Math.min(held.length - 1, 31 - Math.clz32((index + 1) & -(index + 1)))
    const value = random() * 2 - 1
    sum += value - (held[row] ?? 0)
    held[row] = value
    return sum + random() * 2 - 1
  })
}

/** Eight made voices: harmonics that fall by 6 dB an octave, in syllables of 120 to 300 ms with pauses between. */
function babble(samples: number, random: () => number): Float32Array {
  const sound = new Float32Array(samples)
  for (let voice = 0; voice < 8; voice++) {
    let at = Math.floor(random() * 0.2 * trackRate)
    while (at < samples) {
      const length = Math.floor((0.12 + 0.18 * random()) * trackRate)
      addSyllable(sound.subarray(at, at + length), 90 + 150 * random(), random)
      at += length + Math.floor((random() < 0.2 ? 0.3 : 0.03) * random() * trackRate)
    }
  }
  return sound
}

function addSyllable(sound: Float32Array, pitch: number, random: () => number): void {
  const period = voicedPeriod(random)
  const step = (pitch * period.length) / trackRate
  for (let i = 0; i < sound.length; i++) {
    const envelope = Math.sin((Math.PI * i) / sound.length) ** 2
    sound[i] = (sound[i] ?? 0) + envelope * (period[Math.floor(i * step) % period.length] ?? 0)
  }
}

/** One period of a voice: twenty harmonics of random strength and phase. */
function voicedPeriod(random: () => number): Float32Array {
  const period = new Float32Array(256)
  for (let harmonic = 1; harmonic <= 20; harmonic++) {
    const gain = (0.4 + 0.6 * random()) / harmonic
    const phase = 2 * Math.PI * random()
    for (let i = 0; i < period.length; i++) {
      const angle = (2 * Math.PI * harmonic * i) / period.length + phase
      period[i] = (period[i] ?? 0) + gain * Math.sin(angle)
    }
  }
  return period
}
