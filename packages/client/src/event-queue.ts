/** Events not yet taken by the one who iterates, with their end. */
export interface EventQueue<T> extends AsyncIterable<T> {
  push(event: T): void
  /** The iteration ends after what is pending. */
  end(): void
}

/** An empty queue. */
export function createEventQueue<T>(): EventQueue<T> {
  let pending: T[] = []
  let ended = false
  let wake = Promise.withResolvers<void>()

  return {
    push(event) {
      if (ended) return
      pending.push(event)
      wake.resolve()
    },
    end() {
      ended = true
      wake.resolve()
    },
    async *[Symbol.asyncIterator]() {
      for (;;) {
        const taken = pending
        pending = []
        yield* taken
        if (pending.length > 0) continue
        if (ended) return
        wake = Promise.withResolvers()
        await wake.promise
      }
    },
  }
}
