import { RealtimeError } from '../errors.ts'

interface Entry<T> {
  readonly event: T
  readonly bytes: number
}

/** Events received and not yet taken, with their end: the incoming half of a channel. Taken by one iteration. */
export class Inbox<T> implements AsyncIterable<T> {
  readonly #taken: () => void
  #entries: Entry<T>[] = []
  #first = 0
  #pendingBytes = 0
  #waiting: PromiseWithResolvers<IteratorResult<T, undefined>>[] = []
  #iterated = false
  #ended = false
  #error: RealtimeError | undefined

  /** `taken` is called after each event that the iteration takes. */
  constructor(taken: () => void = () => {}) {
    this.#taken = taken
  }

  /** Bytes of the events not yet taken, as given to `push`. */
  get pendingBytes(): number {
    return this.#pendingBytes
  }

  /** Whether nothing is accepted any more. */
  get ended(): boolean {
    return this.#ended
  }

  /** Adds an event; after the end it is dropped. */
  push(event: T, bytes: number): void {
    if (this.#ended) return
    const waiting = this.#waiting.shift()
    if (waiting) {
      waiting.resolve({ done: false, value: event })
      return
    }
    this.#entries.push({ event, bytes })
    this.#pendingBytes += bytes
  }

  /** Ends the iteration after the pending events, by throwing `error` if there is one. The first end counts. */
  end(error?: RealtimeError): void {
    if (this.#ended) return
    this.#ended = true
    this.#error = error
    for (const waiting of this.#waiting.splice(0)) this.#finish(waiting)
  }

  /** Forgets the pending events. */
  drop(): void {
    this.#entries = []
    this.#first = 0
    this.#pendingBytes = 0
  }

  [Symbol.asyncIterator](): AsyncIterator<T, undefined> {
    if (this.#iterated) throw new RealtimeError('internal_error', 'A channel is iterated once.')
    this.#iterated = true
    return { next: () => this.#next() }
  }

  #next(): Promise<IteratorResult<T, undefined>> {
    const result = Promise.withResolvers<IteratorResult<T, undefined>>()
    const entry = this.#entries[this.#first]
    if (entry) {
      this.#remove(entry)
      result.resolve({ done: false, value: entry.event })
    } else if (this.#ended) {
      this.#finish(result)
    } else {
      this.#waiting.push(result)
    }
    return result.promise
  }

  /** Moves past the first entry; the array is cut rarely, so that a long queue costs no shifting. */
  #remove(entry: Entry<T>): void {
    this.#first++
    this.#pendingBytes -= entry.bytes
    if (this.#first * 2 > this.#entries.length) {
      this.#entries = this.#entries.slice(this.#first)
      this.#first = 0
    }
    this.#taken()
  }

  /** The error is thrown once; the iteration is over afterwards. */
  #finish(waiting: PromiseWithResolvers<IteratorResult<T, undefined>>): void {
    const error = this.#error
    this.#error = undefined
    if (error) waiting.reject(error)
    else waiting.resolve({ done: true, value: undefined })
  }
}
