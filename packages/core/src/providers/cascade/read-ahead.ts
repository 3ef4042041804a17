/**
 * Pulls from `source` before it is asked to, until `limit` values wait. Order, end and error are those of the
 * source. Leaving the iteration, or aborting, ends the source; what it does after that is ignored.
 */
export function readAhead<Value>(
  source: AsyncIterable<Value>,
  { limit, signal }: { readonly limit: number; readonly signal: AbortSignal },
): AsyncIterable<Value> {
  const waiting: Value[] = []
  let outcome: { readonly error: unknown } | 'ended' | undefined
  let changed = Promise.withResolvers<void>()

  function announce(): void {
    changed.resolve()
    changed = Promise.withResolvers()
  }

  async function pull(): Promise<void> {
    try {
      for await (const value of source) {
        if (outcome) return
        waiting.push(value)
        announce()
        while (waiting.length >= limit && !outcome) await changed.promise
        if (outcome) return
      }
      outcome ??= 'ended'
    } catch (error) {
      outcome ??= { error }
    }
    announce()
  }

  function stop(): void {
    outcome = 'ended'
    waiting.length = 0
    announce()
  }

  if (signal.aborted) outcome = 'ended'
  else {
    signal.addEventListener('abort', stop, { once: true })
    void pull()
  }

  async function* values(): AsyncGenerator<Value> {
    try {
      for (;;) {
        while (waiting.length > 0) {
          // The length was checked; a value may itself be undefined.
          yield waiting.shift() as Value
          announce()
        }
        if (outcome === 'ended') return
        if (outcome) throw outcome.error
        await changed.promise
      }
    } finally {
      signal.removeEventListener('abort', stop)
      stop()
    }
  }
  return values()
}
