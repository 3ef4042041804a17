import { roomNoise, type RoomNoiseOptions } from './room-noise.ts'

/** Noise that lies under a sound. */
export interface OverNoiseOptions extends Omit<RoomNoiseOptions, 'length'> {
  /** RMS of the noise, in the unit of the sound. */
  readonly rms: number
  /** Noise before and after the sound, and how long it takes to rise and fall at its ends; samples. */
  readonly before: number
  readonly after: number
  readonly fade: number
}

/** A sound in 16 bits with noise under it and around it, clamped at full scale; the same samples for the same seed. */
export function overNoise(clean: Int16Array, options: OverNoiseOptions): Int16Array<ArrayBuffer> {
  const { kind, sampleRate, seed, rms, before, after, fade } = options
  const samples = new Int16Array(before + clean.length + after)
  const noise = roomNoise({ kind, sampleRate, length: samples.length, seed })
  for (let i = 0; i < samples.length; i++) {
    const edge = Math.min(1, i / fade, (samples.length - i) / fade)
    const value = (clean[i - before] ?? 0) + (noise[i] ?? 0) * rms * edge
    samples[i] = Math.max(-32_768, Math.min(32_767, Math.round(value)))
  }
  return samples
}
