import type { Resampler } from '../resampler.ts'

/**
 * Joins chunks of any length to frames of any length through a resampler, as an AudioWorklet needs it between its quanta of
 * 128 samples and another rate. Neither call allocates.
 */
export interface SampleQueue {
  /** Samples that wait. */
  readonly length: number
  /** Takes a chunk at the rate the resampler is from. What does not fit pushes out the oldest samples; gives how many it pushed out. */
  push(chunk: Float32Array): number
  /** Fills `frame` with samples at the rate the resampler gives, or gives false and takes none when too few wait. */
  pull(frame: Float32Array): boolean
  /** Forgets what waits and the stream of the resampler. */
  reset(): void
}

/** A queue that holds up to `capacity` samples. Throws `RangeError` for a chunk that gives more than that by itself. */
export function createSampleQueue(resampler: Resampler, capacity: number): SampleQueue {
  const ring = new Float32Array(capacity)
  const made = new Float32Array(capacity)
  let first = 0
  let length = 0

  function drop(count: number): void {
    first = (first + count) % capacity
    length -= count
  }

  return {
    get length() {
      return length
    },
    push(chunk) {
      const more = resampler.outputLength(chunk.length)
      if (more > capacity) throw new RangeError(`A queue of ${capacity} samples has no room for ${more}`)
      resampler.processInto(chunk, made)
      const lost = Math.max(0, length + more - capacity)
      drop(lost)
      for (let i = 0; i < more; i++) ring[(first + length + i) % capacity] = made[i] ?? 0
      length += more
      return lost
    },
    pull(frame) {
      if (frame.length > length) return false
      for (let i = 0; i < frame.length; i++) frame[i] = ring[(first + i) % capacity] ?? 0
      drop(frame.length)
      return true
    },
    reset() {
      first = 0
      length = 0
      resampler.reset()
    },
  }
}
