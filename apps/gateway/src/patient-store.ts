import { setTimeout as delay } from 'node:timers/promises'
import { RealtimeError, toRealtimeError } from '@parley/core'
import { waitingLimits } from '@parley/core/storage'
import type { ContextStore } from '@parley/core/storage'
import type { Log } from './telemetry.ts'

/** How a store that is not there yet is waited for. */
export interface Wait {
  /** Told why each try failed. */
  readonly onRetry: (error: RealtimeError) => void
  readonly signal: AbortSignal
}

/** How long a start waits for the store (ms); afterwards the gateway runs without it. */
const firstOpenMs = 1000

/** Pause before a store is asked again that has refused for good (ms): somebody may put it right. */
const refusedMs = 5000

/**
 * A store that `open` waits for. One that cannot be reached at the start is said to be in the log, and its methods
 * reject with `store_unavailable` until it is there; so are later losses, each once. Rejects where the store refuses
 * for good at the start.
 */
export async function patientStore(
  open: (wait: Wait) => Promise<ContextStore>,
  log: Log,
): Promise<ContextStore> {
  const stop = new AbortController()
  const { signal } = stop
  const isLate = Promise.withResolvers<void>()
  let store: ContextStore | undefined
  let lost: string | undefined

  function tellLost({ message: reason }: Pick<Error, 'message'>): void {
    if (reason !== lost && !signal.aborted) {
      log.warn({ reason, ...waitingLimits }, 'database not available: it is tried again, what is said waits')
    }
    lost = reason
    isLate.resolve()
  }

  function tellBack(): void {
    if (lost !== undefined) log.info({}, 'database available')
    lost = undefined
  }

  async function openAtLast(first: Promise<ContextStore>): Promise<void> {
    for (let opening = first; !signal.aborted; opening = open({ onRetry: tellLost, signal })) {
      try {
        // oxlint-disable-next-line no-await-in-loop
        store = await opening
        return signal.aborted ? await store[Symbol.asyncDispose]() : tellBack()
      } catch (error) {
        tellLost(toRealtimeError(error))
        // oxlint-disable-next-line no-await-in-loop
        await delay(refusedMs, undefined, { signal, ref: false }).catch(() => undefined)
      }
    }
  }

  async function run<Result>(task: (opened: ContextStore) => Promise<Result>): Promise<Result> {
    if (store === undefined)
      throw new RealtimeError('store_unavailable', lost ?? 'The store is being opened.')
    try {
      const result = await task(store)
      tellBack()
      return result
    } catch (error) {
      const known = toRealtimeError(error, 'store_unavailable')
      if (known.code === 'store_unavailable') tellLost(known)
      throw error
    }
  }

  const opening = open({ onRetry: tellLost, signal })
  const timer = setTimeout(() => tellLost({ message: 'The database does not answer.' }), firstOpenMs)
  await Promise.race([opening, isLate.promise]).finally(() => clearTimeout(timer))
  const opened = openAtLast(opening)
  if (lost === undefined) await opened

  return {
    append: (...request) => run((opened) => opened.append(...request)),
    load: (id) => run((opened) => opened.load(id)),
    list: (options) => run((opened) => opened.list(options)),
    delete: (id) => run((opened) => opened.delete(id)),
    putAudio: (...request) => run((opened) => opened.putAudio(...request)),
    loadAudio: (...request) => run((opened) => opened.loadAudio(...request)),
    listAudio: (id) => run((opened) => opened.listAudio(id)),
    setRetention: (...request) => run((opened) => opened.setRetention(...request)),
    purge: (limit) => run((opened) => opened.purge(limit)),
    facts: {
      list: (person) => run(({ facts }) => facts.list(person)),
      put: (...request) => run(({ facts }) => facts.put(...request)),
      delete: (...request) => run(({ facts }) => facts.delete(...request)),
      people: (options) => run(({ facts }) => facts.people(options)),
      deleteAll: (person) => run(({ facts }) => facts.deleteAll(person)),
    },
    async [Symbol.asyncDispose]() {
      stop.abort()
      await store?.[Symbol.asyncDispose]()
    },
  }
}
