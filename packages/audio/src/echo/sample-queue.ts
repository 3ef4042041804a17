/** Samples that wait for their frame. */
export interface SampleQueue {
  readonly length: number
  /**
   * Appends; what is over the limit goes, the oldest first.
   * Samples that are not finite count as 0, and none as louder than 18 dB over full scale.
   */
  put(chunk: Float32Array): void
  /** Fills `frame` from the front; zeros stand in for what is missing. */
  take(frame: Float64Array): void
  reset(): void
}

const loudest = 8

/** Queue of up to `limit` samples; it grows as needed. */
export function createSampleQueue(limit: number): SampleQueue {
  let samples = new Float32Array(1024)
  let first = 0
  let filled = 0

  function makeRoom(count: number): void {
    if (filled + count <= samples.length) return
    const waiting = filled - first
    const target = waiting + count > samples.length ? new Float32Array(2 * (waiting + count)) : samples
    target.set(samples.subarray(first, filled))
    samples = target
    first = 0
    filled = waiting
  }

  return {
    get length() {
      return filled - first
    },
    put(chunk) {
      makeRoom(chunk.length)
      for (let i = 0; i < chunk.length; i++) {
        const sample = chunk[i] ?? 0
        samples[filled + i] = Number.isFinite(sample) ? Math.min(loudest, Math.max(-loudest, sample)) : 0
      }
      filled += chunk.length
      first = Math.max(first, filled - limit)
    },
    take(frame) {
      const count = Math.min(frame.length, filled - first)
      for (let i = 0; i < frame.length; i++) frame[i] = i < count ? (samples[first + i] ?? 0) : 0
      first += count
    },
    reset() {
      first = 0
      filled = 0
    },
  }
}
