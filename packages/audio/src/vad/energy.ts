import { createLevelOverFloor } from './level-over-floor.ts'
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
  for (const db of [thresholdDb, minFloorDbfs]) {
    if (!Number.isFinite(db)) throw new RangeError(`a level must be a finite number of dB, got ${db}`)
  }
  const level = createLevelOverFloor({ sampleRate, frameSamples, minFloorDbfs })
  return {
    frameSamples,
    sampleRate,
    process(frame) {
      if (frame.length !== frameSamples) {
        throw new RangeError(`a frame must have ${frameSamples} samples, got ${frame.length}`)
      }
      level.process(frame)
      return 1 / (1 + Math.exp((thresholdDb - level.db) / slopeDb))
    },
    reset() {
      level.reset()
    },
  }
}
