/** Bytes that came in pieces and are taken in others. */
export interface ByteQueue {
  readonly length: number
  push(bytes: Uint8Array): void
  /** The first `count` bytes without taking them; fewer where there are not so many. Valid until the next push. */
  peek(count: number): Uint8Array
  /** Takes the first `count` bytes, or all. Valid until the next push. */
  shift(count: number): Uint8Array
}

/** An empty queue. */
export function createByteQueue(): ByteQueue {
  let memory = new Uint8Array(4096)
  let start = 0
  let end = 0
  return {
    get length() {
      return end - start
    },
    push(bytes) {
      if (end + bytes.length > memory.length) {
        const kept = memory.subarray(start, end)
        const needed = kept.length + bytes.length
        const target = needed > memory.length ? new Uint8Array(2 * needed) : memory
        target.set(kept)
        memory = target
        end -= start
        start = 0
      }
      memory.set(bytes, end)
      end += bytes.length
    },
    peek: (count) => memory.subarray(start, Math.min(end, start + count)),
    shift(count) {
      const taken = memory.subarray(start, Math.min(end, start + count))
      start += taken.length
      return taken
    },
  }
}
