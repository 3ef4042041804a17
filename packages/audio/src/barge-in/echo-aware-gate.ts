import { createBandEnergies } from './band-energies.ts'
import { createEchoModel } from './echo-model.ts'

/** Tells the user from the echo of what is played, without a canceller. */
export interface EchoAwareGate {
  /** Takes the 10 ms that the loudspeaker plays now; without it nothing is played. */
  reference(frame: Float32Array): void
  /** Takes 10 ms of the microphone: how likely it holds more than echo and noise, in [0, 1]. */
  process(near: Float32Array): number
  /** Whether an echo can be heard now. */
  readonly echoing: boolean
  /** From `reference` to the microphone (ms), `undefined` until it is known. */
  readonly delayMs: number | undefined
  /** Mean level of the echo against what is played (dB). */
  readonly couplingDb: number
  reset(): void
}

/** Options of the gate. */
export interface EchoAwareGateOptions {
  /** Hz of both signals: 8, 16 or 24 kHz; default 16,000. */
  readonly sampleRate?: number
  /**
   * Level over the echo and the noise from which it is the user (dB), averaged over the bands if all of them stand
   * out of the noise, and the more the fewer do; default 4.5, from which 100 minutes of echo in ten rooms had none.
   */
  readonly thresholdDb?: number
}

/** What one band may add to the sum (dB): a single loud line is no voice. */
const leastExcessDb = -3
const mostExcessDb = 12
/** A voice stands out of the noise in at least so many bands, and a few of them vary more than many do. */
const fewestBands = 5
/** Smoothing over frames of 10 ms. */
const newest = 0.4
/** dB from probability 0.5 to 0.73. */
const slopeDb = 0.5
/** References that wait for their microphone frame at most, should the two run apart. */
const mostWaiting = 20

/** Creates a gate; the delay may be 0 to 600 ms and is learned within a second of speech. */
export function createEchoAwareGate(options: EchoAwareGateOptions = {}): EchoAwareGate {
  const { sampleRate = 16_000, thresholdDb = 4.5 } = options
  const frameSamples = sampleRate / 100
  const analysis = createBandEnergies(sampleRate)
  const { bands } = analysis
  const model = createEchoModel(bands)
  const played = new Float64Array(bands)
  const heard = new Float64Array(bands)
  const silence = new Float32Array(frameSamples)
  let waiting: Float32Array[] = []
  let smoothed = 0

  function checked(frame: Float32Array): Float32Array {
    if (frame.length !== frameSamples)
      throw new RangeError(`a frame must have ${frameSamples} samples, got ${frame.length}`)
    return frame
  }

  return {
    reference(frame) {
      waiting.push(checked(frame).slice())
      if (waiting.length > mostWaiting) waiting = waiting.slice(-mostWaiting)
    },
    process(near) {
      analysis.process([checked(near), waiting.shift() ?? silence], [heard, played])
      model.step(played, heard)
      let sum = 0
      let telling = 0
      for (let band = 0; band < bands; band += 1) {
        if (model.telling[band] === 0) continue
        telling += 1
        sum += Math.min(mostExcessDb, Math.max(leastExcessDb, model.excess[band] ?? 0))
      }
      smoothed += newest * (sum / Math.sqrt(bands * Math.max(telling, fewestBands)) - smoothed)
      return 1 / (1 + Math.exp((thresholdDb - smoothed) / slopeDb))
    },
    get echoing() {
      return model.echoing
    },
    get delayMs() {
      return model.delayMs
    },
    get couplingDb() {
      return model.couplingDb
    },
    reset() {
      analysis.reset()
      model.reset()
      waiting = []
      smoothed = 0
    },
  }
}
