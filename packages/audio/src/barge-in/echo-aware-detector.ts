import type { SpeechProbability } from '../vad/speech-probability.ts'
import { createEchoBound } from './echo-bound.ts'

/** A detector that knows what was just played. */
export interface EchoAwareDetector extends SpeechProbability {
  /** Takes what the loudspeaker plays now, of any length, at the detector's rate. */
  reference(samples: Float32Array): void
}

/**
 * Wraps a detector so that an echo of what is played is not taken for speech: while one can be heard, only what
 * rises over it counts. Give the reference of each frame before the frame.
 */
export function createEchoAwareDetector(detector: SpeechProbability): EchoAwareDetector {
  const { sampleRate, frameSamples } = detector
  const bound = createEchoBound(sampleRate)
  return {
    sampleRate,
    frameSamples,
    reference: (samples) => bound.reference(samples),
    process(frame) {
      const speech = detector.process(frame)
      return Math.min(speech, bound.process(frame))
    },
    reset() {
      detector.reset()
      bound.reset()
    },
  }
}
