/**
 * What a listener who plays audio as it arrives has heard. Items play one after another in the order of
 * `enqueue`; after the queue ran dry the next audio starts when it arrives.
 */
export interface PlayoutClock {
  /** Audio of `ms` milliseconds for `itemId` arrives now. Throws `RangeError` for a negative or NaN length. */
  enqueue(itemId: string, ms: number): void
  /** Milliseconds of the item heard by now; 0 for an unknown item, never more than `totalMs`. */
  heardMs(itemId: string): number
  /** Milliseconds ever enqueued for the item. */
  totalMs(itemId: string): number
  /** Stops now: what is not yet heard never will be. */
  clear(): void
  /** The item heard at this moment; `undefined` when the queue ran dry. */
  playing(): string | undefined
}

interface Segment {
  readonly itemId: string
  readonly startMs: number
  endMs: number
}

interface ItemTotal {
  enqueuedMs: number
  /** Cleared before it was heard. */
  lostMs: number
}

/** Clock over `now`, a monotonic time in milliseconds. Pure arithmetic, no timers. */
export function createPlayoutClock(now: () => number): PlayoutClock {
  const totals = new Map<string, ItemTotal>()
  let queue: Segment[] = []

  function totalOf(itemId: string): ItemTotal {
    let total = totals.get(itemId)
    if (total === undefined) {
      total = { enqueuedMs: 0, lostMs: 0 }
      totals.set(itemId, total)
    }
    return total
  }

  /** Drops what is over and gives the segments that still sound or wait. */
  function pending(timeMs: number): readonly Segment[] {
    const first = queue.findIndex((segment) => segment.endMs > timeMs)
    if (first !== 0) queue = first < 0 ? [] : queue.slice(first)
    return queue
  }

  function unheardMs(segment: Segment, timeMs: number): number {
    return segment.endMs - Math.max(segment.startMs, timeMs)
  }

  return {
    enqueue(itemId, ms) {
      if (!(ms >= 0)) throw new RangeError(`ms must be a length of time, got ${ms}`)
      const timeMs = now()
      totalOf(itemId).enqueuedMs += ms
      const last = pending(timeMs).at(-1)
      if (last?.itemId === itemId) {
        last.endMs += ms
      } else {
        const startMs = last?.endMs ?? timeMs
        queue.push({ itemId, startMs, endMs: startMs + ms })
      }
    },
    heardMs(itemId) {
      const total = totals.get(itemId)
      if (total === undefined) return 0
      const timeMs = now()
      let heardMs = total.enqueuedMs - total.lostMs
      for (const segment of pending(timeMs)) {
        if (segment.itemId === itemId) heardMs -= unheardMs(segment, timeMs)
      }
      return Math.max(0, heardMs)
    },
    totalMs: (itemId) => totals.get(itemId)?.enqueuedMs ?? 0,
    clear() {
      const timeMs = now()
      for (const segment of pending(timeMs)) totalOf(segment.itemId).lostMs += unheardMs(segment, timeMs)
      queue = []
    },
    playing: () => pending(now())[0]?.itemId,
  }
}
