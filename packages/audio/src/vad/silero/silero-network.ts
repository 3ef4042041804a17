/** Samples of a frame at 16 kHz, fixed by the model. */
export const frameSamples = 512
/** Samples of the frame before that the model hears again. */
export const contextSamples = 64
/** Hidden and cell values. */
export const memoryLength = 256

/** What one stream remembers, and all it needs: 1,280 bytes. */
export interface SileroState {
  readonly memory: Float32Array
  readonly context: Float32Array
}

/** The network with its weights; streams share it. */
export interface SileroNetwork {
  /** Probability of speech in a frame; moves the state on. */
  run(frame: Float32Array, state: SileroState): number
  /** Probability of speech in the last 512 of 576 samples after `memory`, which stays as it is. */
  peek(window: Float32Array, memory: Float32Array): number
}
