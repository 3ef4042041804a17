/** Source of speech probabilities for consecutive frames of one stream. */
export interface SpeechProbability {
  /** Samples of one frame. */
  readonly frameSamples: number
  /** Rate in Hz that the frames must have. */
  readonly sampleRate: number
  /** Takes exactly `frameSamples` samples and gives the probability in [0, 1] that they hold speech. */
  process(frame: Float32Array): number
  /** Forgets the stream. */
  reset(): void
}
