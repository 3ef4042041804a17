import { createResampler } from '../index.ts'

/** Rate at which tones are looked for: that of a telephone line. */
export const lineRate = 8000

/** Windows over a stream of any rate, each `hop` samples after the one before it, at 8 kHz. */
export interface AnalysisWindows {
  /** Takes a chunk; calls `see` with each full window and the time of its end in ms of the stream. */
  process(chunk: Float32Array, see: (samples: Float64Array, endMs: number) => void): void
  reset(): void
}

/** Options of the windows, in samples at 8 kHz. */
export interface AnalysisWindowsOptions {
  readonly sampleRate: number
  readonly length: number
  readonly hop: number
}

/** Cuts a stream into overlapping windows; samples that are not finite count as silence. */
export function createAnalysisWindows(options: AnalysisWindowsOptions): AnalysisWindows {
  const { sampleRate, length, hop } = options
  const resampler = createResampler({ from: sampleRate, to: lineRate })
  const window = new Float64Array(length)
  let waiting = hop
  let seen = 0
  return {
    process(chunk, see) {
      const clean = chunk.map((sample) => (Number.isFinite(sample) ? Math.max(-8, Math.min(8, sample)) : 0))
      for (const part of resampler.process(clean)) {
        for (let at = 0; at < part.length;) {
          const fresh = part.subarray(at, at + waiting)
          window.copyWithin(0, fresh.length)
          window.set(fresh, length - fresh.length)
          at += fresh.length
          seen += fresh.length
          waiting -= fresh.length
          if (waiting > 0) continue
          waiting = hop
          see(window, (seen * 1000) / lineRate)
        }
      }
    },
    reset() {
      resampler.reset()
      window.fill(0)
      waiting = hop
      seen = 0
    },
  }
}
