import type { Processor } from '../processor.ts'

/** Takes noise out of a voice. Output sample n is input sample n without noise; flushed, as many came out as went in. */
export interface NoiseSuppressor extends Processor<Float32Array, Float32Array>, Disposable {
  /** Rate in Hz of both sides. */
  readonly sampleRate: number
  /** How long a sample waits inside at most. */
  readonly delayMs: number
  /** Probability in [0, 1] that the newest frame held speech. */
  readonly speechProbability: number
  /** Gives its memory back. Every call but this one throws `ReferenceError` afterwards. */
  [Symbol.dispose](): void
}
