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

/** The same from a runtime that answers later. Answers come in the order of the frames, one stream an instance. */
export interface AsyncSpeechProbability {
  readonly frameSamples: number
  readonly sampleRate: number
  /** Takes exactly `frameSamples` samples, which may be used again at once. */
  process(frame: Float32Array): Promise<number>
  /** Forgets the stream, from the next frame on. */
  reset(): void
}
