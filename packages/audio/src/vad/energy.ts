import { meanSquare } from '../level.ts'
import type { SpeechProbability } from './speech-probability.ts'

/** Options of the energy detector. */
export interface EnergyVadOptions {
  /** Hz; default 16,000. */
  readonly sampleRate?: number
  /** Default: 20 ms. */
  readonly frameSamples?: number
  /** Level over the noise floor that counts as speech with probability 0.5; default 10 dB. */
  readonly thresholdDb?: number
  /** The floor is never assumed lower, so that digital silence does not make a hiss speech; default -65 dBFS. */
  readonly minFloorDbfs?: number
}

/** The floor is the lowest level of the last 2 s: shorter than any noise, longer than a syllable. */
const bucketMs = 250
const bucketCount = 8
/** Averages the level for the floor, so that one quiet frame of a noise does not pull it down. */
const floorSmoothingMs = 60
/** Assumed until 2 s were heard; lets a stream begin with speech. */
const initialFloorDbfs = -50
/** dB from probability 0.5 to 0.73. */
const slopeDb = 2

/**
 * Detector without a model: level over a noise floor tracked by its minimum. Cheap and quick, but any sound
 * that stands out of the noise is speech to it.
 */
export function createEnergyVad(options: EnergyVadOptions = {}): SpeechProbability {
  const { sampleRate = 16_000, thresholdDb = 10, minFloorDbfs = -65 } = options
  const { frameSamples = Math.round(sampleRate / 50) } = options
  if (!(sampleRate > 0)) throw new RangeError(`sampleRate must be positive, got ${sampleRate}`)
  if (!Number.isInteger(frameSamples) || frameSamples < 1) {
    throw new RangeError(`frameSamples must be a positive integer, got ${frameSamples}`)
  }
  const minPower = 10 ** (minFloorDbfs / 10)
  const frameMs = (frameSamples * 1000) / sampleRate
  const smoothing = 1 - Math.exp(-frameMs / floorSmoothingMs)
  const framesPerBucket = Math.max(1, Math.round(bucketMs / frameMs))
  const minima = new Float64Array(bucketCount)
  let bucket = 0
  let framesInBucket = 0
  let smoothed = 0

  function reset(): void {
    minima.fill(10 ** (initialFloorDbfs / 10))
    bucket = 0
    framesInBucket = 0
    smoothed = -1
  }

  function trackFloor(power: number): number {
    smoothed = smoothed < 0 ? power : smoothed + smoothing * (power - smoothed)
    if (framesInBucket === framesPerBucket) {
      bucket = (bucket + 1) % bucketCount
      minima[bucket] = smoothed
      framesInBucket = 0
    }
    framesInBucket++
    minima[bucket] = Math.min(minima[bucket] ?? smoothed, smoothed)
    let floor = Infinity
    for (let i = 0; i < bucketCount; i++) floor = Math.min(floor, minima[i] ?? Infinity)
    return Math.max(floor, minPower)
  }

  reset()
  return {
    frameSamples,
    sampleRate,
    process(frame) {
      if (frame.length !== frameSamples) {
        throw new RangeError(`a frame must have ${frameSamples} samples, got ${frame.length}`)
      }
      const power = meanSquare(frame)
      const floor = trackFloor(power)
      if (power === 0) return 0
      const overDb = 10 * Math.log10(power / floor) - thresholdDb
      return 1 / (1 + Math.exp(-overDb / slopeDb))
    },
    reset,
  }
}
