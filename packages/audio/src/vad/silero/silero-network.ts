/** Samples of a frame at 16 kHz, fixed by the model. */
export const frameSamples = 512
/** Samples of the frame before that the model hears again. */
export const contextSamples = 64
/** Hidden and cell values. */
export const memoryLength = 256
/** What one stream remembers: hidden and cell values, then the samples of the frame before. 1,280 bytes. */
export const stateLength = memoryLength + contextSamples

/** The network with its weights; streams share it. */
export interface SileroNetwork {
  /** Probability of speech in a frame; moves the state on. */
  run(frame: Float32Array, state: Float32Array): number
  /** Probability of speech in the last 512 of 576 samples after `state`, which stays as it is. */
  peek(window: Float32Array, state: Float32Array): number
}
