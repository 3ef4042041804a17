/** Mean square of samples at -45 dB relative to full scale. */
const quietest = (32_768 * 10 ** (-45 / 20)) ** 2

/** Sound from its first to its last window of 10 ms that reaches -45 dBFS; all of it when none does. */
export function withoutSilence(samples: Int16Array, sampleRate: number): Int16Array {
  const windowSamples = Math.round(sampleRate / 100)
  let first = -1
  let last = -1
  for (let at = 0; at < samples.length; at += windowSamples) {
    if (!isAudible(samples.subarray(at, at + windowSamples))) continue
    if (first < 0) first = at
    last = at + windowSamples
  }
  return first < 0 ? samples : samples.subarray(first, Math.min(last, samples.length))
}

/** True where the level (RMS) of a window reaches -45 dBFS. */
export function isAudible(window: Int16Array): boolean {
  return window.reduce((sum, sample) => sum + sample * sample, 0) >= quietest * window.length
}
