import { seededRandom } from './signals.ts'

/** A sweep from `from` to `to` Hz in `length` samples. */
export interface SweepOptions {
  readonly from: number
  readonly to: number
  readonly sampleRate: number
  readonly length: number
  readonly amplitude?: number
}

/** Sine that takes the same time for every octave, of amplitude 0.5, faded in and out over 1 % of its length. */
export function logSweep(options: SweepOptions): Float32Array {
  const { from, to, sampleRate, length, amplitude = 0.5 } = options
  const octaves = Math.log(to / from)
  const scale = (2 * Math.PI * from * length) / (octaves * sampleRate)
  const fade = Math.max(1, length * 0.01)
  return Float32Array.from({ length }, (_, i) => {
    const edge = Math.min(1, i / fade, (length - 1 - i) / fade)
    const weight = 0.5 - 0.5 * Math.cos(Math.PI * edge)
    return amplitude * weight * Math.sin(scale * (Math.exp((octaves * i) / length) - 1))
  })
}

/** Several sines at once. */
export interface MultiToneOptions {
  readonly frequencies: readonly number[]
  readonly sampleRate: number
  readonly length: number
  /** Highest possible magnitude of the sum, 0.5 unless given. */
  readonly amplitude?: number
}

/** Sines of equal strength, with phases that keep the peak of the sum low (Schroeder 1970). */
export function multiTone(options: MultiToneOptions): Float32Array {
  const { frequencies, sampleRate, length, amplitude = 0.5 } = options
  const count = frequencies.length
  return Float32Array.from({ length }, (_, i) => {
    let sum = 0
    for (const [k, frequency] of frequencies.entries()) {
      sum += Math.sin((2 * Math.PI * frequency * i) / sampleRate - (Math.PI * k * k) / count)
    }
    return (amplitude * sum) / count
  })
}

/** Single samples of `amplitude` (1) every `period` samples, the first at 0, in silence. */
export function impulses(options: {
  readonly period: number
  readonly length: number
  readonly amplitude?: number
}): Float32Array {
  const { period, length, amplitude = 1 } = options
  return Float32Array.from({ length }, (_, i) => (i % period === 0 ? amplitude : 0))
}

/** A made room. */
export interface RoomOptions {
  readonly seed: number
  readonly sampleRate: number
  /** Time in which the sound falls by 60 dB. */
  readonly reverberationMs: number
  /** Time until the direct sound, 2 by default. */
  readonly directMs?: number
  /** Power of the direct sound over that of the tail, 3 dB by default. */
  readonly directToReverberantDb?: number
}

/** Response of a room to one sample of 1: the direct sound, then noise that decays; unit energy in all. */
export function roomResponse(options: RoomOptions): Float32Array {
  const { seed, sampleRate, reverberationMs, directMs = 2, directToReverberantDb = 3 } = options
  const random = seededRandom(seed)
  const direct = Math.round((directMs * sampleRate) / 1000)
  const tail = Math.round((reverberationMs * sampleRate) / 1000)
  const response = new Float32Array(direct + 1 + tail)
  const decay = Math.log(1000) / Math.max(1, tail)
  let energy = 0
  for (let i = 1; i <= tail; i++) {
    const value = (2 * random() - 1) * Math.exp(-decay * i)
    response[direct + i] = value
    energy += value * value
  }
  const ratio = 10 ** (directToReverberantDb / 10)
  const tailPower = energy === 0 ? 0 : 1 / (1 + ratio)
  const tailGain = energy === 0 ? 0 : Math.sqrt(tailPower / energy)
  for (let i = direct + 1; i < response.length; i++) response[i] = (response[i] ?? 0) * tailGain
  response[direct] = Math.sqrt(1 - tailPower)
  return response
}

/** The sound as heard through `response`, as long as it was. */
export function convolved(samples: Float32Array, response: Float32Array): Float32Array {
  const output = new Float32Array(samples.length)
  for (let k = 0; k < response.length; k++) {
    const weight = response[k] ?? 0
    if (weight === 0) continue
    for (let i = k; i < output.length; i++) output[i] = (output[i] ?? 0) + weight * (samples[i - k] ?? 0)
  }
  return output
}
