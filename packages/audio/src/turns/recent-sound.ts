/** The newest sound of a stream, as much as fits. */
export interface RecentSound {
  push(samples: Float32Array): void
  /** The last `length` samples, fewer while there are not so many. A copy. */
  last(length: number): Float32Array
  clear(): void
}

/** Keeps the last `capacity` samples. */
export function createRecentSound(capacity: number): RecentSound {
  const ring = new Float32Array(capacity)
  let end = 0
  let held = 0
  return {
    push(samples) {
      const kept = samples.subarray(Math.max(0, samples.length - capacity))
      const first = Math.min(kept.length, capacity - end)
      ring.set(kept.subarray(0, first), end)
      ring.set(kept.subarray(first), 0)
      end = (end + kept.length) % capacity
      held = Math.min(capacity, held + kept.length)
    },
    last(length) {
      const count = Math.min(length, held)
      const start = (end - count + capacity) % capacity
      const copy = new Float32Array(count)
      const first = Math.min(count, capacity - start)
      copy.set(ring.subarray(start, start + first))
      copy.set(ring.subarray(0, count - first), first)
      return copy
    },
    clear() {
      end = 0
      held = 0
    },
  }
}
