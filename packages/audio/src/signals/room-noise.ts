import { seededRandom } from './random.ts'

/** What a room can be full of. */
export type RoomNoiseKind = 'white' | 'pink' | 'babble'

/** How much noise, and which. */
export interface RoomNoiseOptions {
  readonly kind: RoomNoiseKind
  readonly sampleRate: number
  readonly length: number
  readonly seed: number
}

/** Noise with a mean square of 1, the same for the same seed. */
export function roomNoise({ kind, sampleRate, length, seed }: RoomNoiseOptions): Float32Array {
  const noise = sourceOf(kind, { sampleRate, length, random: seededRandom(seed) })
  const power = noise.reduce((sum, value) => sum + value * value, 0) / Math.max(1, length)
  const gain = power > 0 ? 1 / Math.sqrt(power) : 0
  return noise.map((value) => value * gain)
}

interface Source {
  readonly sampleRate: number
  readonly length: number
  readonly random: () => number
}

function sourceOf(kind: RoomNoiseKind, source: Source): Float32Array {
  switch (kind) {
    case 'white':
      return whiteNoise(source)
    case 'pink':
      return pinkNoise(source)
    case 'babble':
      return babble(source)
  }
}

function whiteNoise({ length, random }: Source): Float32Array {
  return Float32Array.from({ length }, () => random() * 2 - 1)
}

/** Voss and McCartney: one of sixteen held values changes at each sample, the slower ones half as often. */
function pinkNoise({ length, random }: Source): Float32Array {
  const held = Array.from({ length: 16 }, () => random() * 2 - 1)
  let sum = held.reduce((total, value) => total + value, 0)
  return Float32Array.from({ length }, (_, index) => {
    const row = Math.min(held.length - 1, 31 - Math.clz32((index + 1) & -(index + 1)))
    const value = random() * 2 - 1
    sum += value - (held[row] ?? 0)
    held[row] = value
    return sum + random() * 2 - 1
  })
}

/** Eight made voices: harmonics that fall by 6 dB an octave, in syllables of 120 to 300 ms with pauses between. */
function babble({ sampleRate, length, random }: Source): Float32Array {
  const sound = new Float32Array(length)
  for (let voice = 0; voice < 8; voice++) {
    let at = Math.floor(random() * 0.2 * sampleRate)
    while (at < length) {
      const samples = Math.floor((0.12 + 0.18 * random()) * sampleRate)
      addSyllable(sound.subarray(at, at + samples), (90 + 150 * random()) / sampleRate, random)
      at += samples + Math.floor((random() < 0.2 ? 0.3 : 0.03) * random() * sampleRate)
    }
  }
  return sound
}

/** `pitch` in periods a sample. */
function addSyllable(sound: Float32Array, pitch: number, random: () => number): void {
  const period = voicedPeriod(random)
  const step = pitch * period.length
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
