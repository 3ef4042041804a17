/** Numbers of one kind that only grow in number. */
export interface GrowingArray<T extends Float32Array | Int8Array | Uint8Array> {
  readonly length: number
  push(values: T): void
  /** What there is from `from` up to `to`; a view that the next `push` may leave behind. */
  view(from?: number, to?: number): T
  /** Forgets everything from `length` on. */
  cut(length: number): void
}

/** An empty growing array; `create` makes room for a number of values. */
export function createGrowingArray<T extends Float32Array | Int8Array | Uint8Array>(
  create: (length: number) => T,
): GrowingArray<T> {
  let room = create(4096)
  let length = 0
  return {
    get length() {
      return length
    },
    push(values) {
      if (length + values.length > room.length) {
        const grown = create(Math.max(length + values.length, room.length * 2))
        grown.set(room.subarray(0, length))
        room = grown
      }
      room.set(values, length)
      length += values.length
    },
    view(from = 0, to = length) {
      // A view of an array is of the array's own kind.
      return room.subarray(from, Math.min(to, length)) as T
    },
    cut(next) {
      length = Math.min(length, next)
    },
  }
}
