import { reachesLevel } from './loud-bands.ts'

/** Sound from its first to its last window of 10 ms that reaches `dbfs` (RMS); all of it when none does. Shares its memory. */
export function trimQuietWindows(
  samples: Int16Array,
  { sampleRate, dbfs }: { readonly sampleRate: number; readonly dbfs: number },
): Int16Array {
  const windowSamples = Math.round(sampleRate / 100)
  let first = -1
  let last = -1
  for (let at = 0; at < samples.length; at += windowSamples) {
    if (!reachesLevel(samples.subarray(at, at + windowSamples), dbfs)) continue
    if (first < 0) first = at
    last = at + windowSamples
  }
  return first < 0 ? samples : samples.subarray(first, Math.min(last, samples.length))
}

/** Where quiet ends, by single samples. */
export interface QuietOptions {
  /** Magnitude from which a sample is heard, in the unit of the samples. */
  readonly amplitude: number
  /** Samples that are kept before the first that is heard, and from the last one on. */
  readonly keptSamples: number
}

/** Sound without the quiet around it; all of it when nothing is heard. Shares its memory. */
export function trimQuiet(samples: Int16Array, { amplitude, keptSamples }: QuietOptions): Int16Array {
  const isHeard = (sample: number): boolean => Math.abs(sample) >= amplitude
  const first = samples.findIndex(isHeard)
  if (first === -1) return samples
  return samples.subarray(Math.max(0, first - keptSamples), samples.findLastIndex(isHeard) + keptSamples)
}

/**
 * Drops the quiet that a stream begins with. `keptSamples` of it stay where they are in the chunk of the first sample
 * that is heard.
 */
export function createStartTrimmer({
  amplitude,
  keptSamples,
}: QuietOptions): (chunk: Float32Array) => Float32Array {
  let begun = false
  return (chunk) => {
    if (begun) return chunk
    const first = chunk.findIndex((sample) => Math.abs(sample) >= amplitude)
    if (first === -1) return chunk.subarray(0, 0)
    begun = true
    return chunk.subarray(Math.max(0, first - keptSamples))
  }
}
