import { createFramer } from '../framer.ts'
import type { SpeechProbability } from '../vad/speech-probability.ts'
import { createEchoAwareGate } from './echo-aware-gate.ts'

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
  const gate = createEchoAwareGate({ sampleRate })
  const played = createFramer(sampleRate / 100)
  const near = createFramer(sampleRate / 100)
  let last = 1
  return {
    sampleRate,
    frameSamples,
    reference(samples) {
      for (const frame of played.process(samples)) gate.reference(frame)
    },
    process(frame) {
      const speech = detector.process(frame)
      let most = -1
      for (const piece of near.process(frame)) most = Math.max(most, gate.process(piece))
      // A frame shorter than 10 ms may complete no piece.
      if (most >= 0) last = most
      return gate.echoing ? Math.min(speech, last) : speech
    },
    reset() {
      detector.reset()
      gate.reset()
      played.reset()
      near.reset()
      last = 1
    },
  }
}
