import { createFramer } from '../framer.ts'
import { createEchoAwareGate } from './echo-aware-gate.ts'

/** Says of each frame of a detector how much of its speech may be the user's. */
export interface EchoBound {
  /** Takes what the loudspeaker plays now, of any length; without it nothing is played. */
  reference(samples: Float32Array): void
  /** The most that the probability of speech in this frame may be, in [0, 1]; 1 while no echo can be heard. */
  process(frame: Float32Array): number
  /**
   * Whether an echo is reckoned with before one was found; default true. It may take the first words of a user who
   * talks over the first two seconds ever played for one; with `false` an echo may pass until then.
   */
  expected: boolean
  /** From `reference` to the microphone (ms), `undefined` until it is known. */
  readonly delayMs: number | undefined
  reset(): void
}

/** After so much sound without a reference no echo is left, and nothing is worth the work (ms). */
const restMs = 1500

/** Creates a bound at 8, 16 or 24 kHz. Give the reference of each frame before the frame; frames may have any length. */
export function createEchoBound(sampleRate: number): EchoBound {
  const gate = createEchoAwareGate({ sampleRate })
  const played = createFramer(sampleRate / 100)
  const near = createFramer(sampleRate / 100)
  const restSamples = (restMs * sampleRate) / 1000
  let sinceReference = restSamples
  let last = 1
  let expected = true

  function rest(): number {
    played.reset()
    near.reset()
    last = 1
    return 1
  }

  return {
    reference(samples) {
      if (samples.length > 0) sinceReference = 0
      for (const frame of played.process(samples)) gate.reference(frame)
    },
    process(frame) {
      if (sinceReference >= restSamples) return rest()
      sinceReference += frame.length
      let most = -1
      for (const piece of near.process(frame)) most = Math.max(most, gate.process(piece))
      // A frame shorter than 10 ms may complete no piece.
      if (most >= 0) last = most
      return gate.echoing && (expected || gate.delayMs !== undefined) ? last : 1
    },
    get expected() {
      return expected
    },
    set expected(value) {
      expected = value
    },
    get delayMs() {
      return gate.delayMs
    },
    reset() {
      gate.reset()
      rest()
      sinceReference = restSamples
    },
  }
}
