import { logMelSpectrogram } from '@parley/audio/turns'

/** Whisper's window of 30 s at 16 kHz, in frames of 10 ms. */
export const melFrames = 3_000

const windowSamples = 30 * 16_000

/** At most 30 s, silence after them, as Whisper was trained on: rows of `melFrames` values, one for each band. */
export function whisperFeatures(samples: Float32Array): Float32Array {
  const window = new Float32Array(windowSamples)
  window.set(samples.subarray(0, windowSamples))
  return logMelSpectrogram(window)
}
