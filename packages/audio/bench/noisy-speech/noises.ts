import { seededRandom } from '../../src/testing/signals.ts'
import { sampleRate, type Speaker } from './talk.ts'

/** Kinds of noise. */
export const noiseKinds = ['white', 'pink', 'babble', 'music'] as const

/** One of them. */
export type NoiseKind = (typeof noiseKinds)[number]

/** What a noise is made of. */
export interface NoiseSource {
  readonly speaker: Speaker
  readonly seed: number
  /** Samples. */
  readonly length: number
}

/** Noise at any level. */
export function createNoise(kind: NoiseKind, { speaker, seed, length }: NoiseSource): Float32Array {
  const random = seededRandom(seed)
  switch (kind) {
    case 'white':
      return Float32Array.from({ length }, () => 2 * random() - 1)
    case 'pink':
      return pink(random, length)
    case 'babble':
      return babble(speaker, random, length)
    case 'music':
      return music(random, length)
  }
}

/** Sum of one-pole filters of white noise, an octave and a bit apart. */
function pink(random: () => number, length: number): Float32Array {
  const poles = [0.99886, 0.99332, 0.969, 0.8665, 0.55, -0.7616]
  const gains = [0.0555179, 0.0750759, 0.153852, 0.3104856, 0.5329522, -0.016898]
  const states = poles.map(() => 0)
  return Float32Array.from({ length }, () => {
    const white = 2 * random() - 1
    let sum = white * 0.5362
    for (let i = 0; i < poles.length; i++) {
      const state = (poles[i] ?? 0) * (states[i] ?? 0) + (gains[i] ?? 0) * white
      states[i] = state
      sum += state
    }
    return sum
  })
}

/** Ten others who speak at the same time without a pause, near and far. */
function babble(speaker: Speaker, random: () => number, length: number): Float32Array {
  const sum = new Float32Array(length)
  for (let other = 0; other < 10; other++) {
    const nearness = 0.3 + 0.7 * random()
    for (let at = -Math.floor(random() * sampleRate); at < length;) {
      const utterance = speaker(random)
      for (let i = Math.max(0, -at); i < utterance.length && at + i < length; i++) {
        sum[at + i] = (sum[at + i] ?? 0) + nearness * (utterance[i] ?? 0)
      }
      at += utterance.length
    }
  }
  return sum
}

const roots = [220, 246.9, 261.6, 293.7, 329.6, 349.2, 392]
const chords = [
  [1, 1.2599, 1.4983],
  [1, 1.1892, 1.4983],
  [1, 1.2599, 1.4983, 1.7818],
]

/** Chords with harmonics, a bass, a kick and a snare at a steady beat. */
function music(random: () => number, length: number): Float32Array {
  const out = new Float32Array(length)
  const beat = Math.round((sampleRate * 60) / (80 + 60 * random()))
  const loudness = [0.6 + 0.8 * random(), 0.6 + 0.8 * random(), 0.4 + random()] as const
  const pick = <Item>(items: readonly Item[]): Item | undefined => items[Math.floor(random() * items.length)]
  for (let start = 0, count = 0; start < length; start += beat, count++) {
    const root = pick(roots) ?? 220
    const notes = count % 2 === 0 ? (pick(chords) ?? []) : []
    for (const note of notes) {
      for (let harmonic = 1; harmonic <= 6; harmonic++) {
        const gain = (0.2 * loudness[0]) / harmonic ** 1.3
        addTone(out, { start, length: 2 * beat, hz: root * note * harmonic, gain, decay: 0.6 })
      }
    }
    addTone(out, { start, length: beat, hz: root / 4, gain: 0.3 * loudness[1], decay: 0.3 })
    if (count % 2 === 0) addTone(out, { start, length: beat, hz: 60, gain: 0.6 * loudness[2], decay: 0.08 })
    else addHiss(out, start, 0.3 * loudness[2], random)
  }
  return out
}

interface Tone {
  readonly start: number
  readonly length: number
  readonly hz: number
  readonly gain: number
  /** Seconds to 1/e. */
  readonly decay: number
}

function addTone(out: Float32Array, { start, length, hz, gain, decay }: Tone): void {
  const step = (2 * Math.PI * hz) / sampleRate
  for (let i = 0; i < length && start + i < out.length; i++) {
    const attack = Math.min(1, i / 80)
    const value = gain * attack * Math.exp(-i / (decay * sampleRate)) * Math.sin(step * i)
    out[start + i] = (out[start + i] ?? 0) + value
  }
}

function addHiss(out: Float32Array, start: number, gain: number, random: () => number): void {
  for (let i = 0; i < 3200 && start + i < out.length; i++) {
    out[start + i] = (out[start + i] ?? 0) + gain * Math.exp(-i / 640) * (2 * random() - 1)
  }
}
