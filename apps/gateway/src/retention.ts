import { setTimeout } from 'node:timers/promises'
import type { ContextStore } from '@parley/core/storage'
import { errorFields } from './telemetry.ts'
import type { Log } from './telemetry.ts'

/** Gives every conversation that is new a time after which it is deleted. */
export function withRetention(store: ContextStore, seconds: number): ContextStore {
  return {
    ...store,
    async append(id, entries, expectedRevision, times) {
      // Made empty first: no words are ever stored without their time.
      if (expectedRevision === 0 && (await store.load(id)) === undefined) {
        await store.append(id, [], 0)
        await store.setRetention(id, seconds)
      }
      return store.append(id, entries, expectedRevision, times)
    },
  }
}

/** What the purge works on and how much it does at once. */
export interface PurgeOptions {
  readonly store: ContextStore
  readonly intervalMs: number
  /** Conversations deleted in one go, so that a store at work is not held up. */
  readonly batch: number
  readonly log: Log
}

/**
 * Deletes the conversations whose time has come, now and at every interval, until it is disposed of. Several gateways
 * over one store may do it at once. A store that fails is asked again at the next interval.
 */
export function startPurge({ store, intervalMs, batch, log }: PurgeOptions): AsyncDisposable {
  const ended = new AbortController()
  const { signal } = ended

  async function purgeAll(): Promise<void> {
    let deleted = 0
    try {
      for (let last = batch; last === batch && !signal.aborted;) {
        last = (await store.purge(batch)).length
        deleted += last
      }
    } catch (error) {
      log.warn(errorFields(error), 'purge failed')
    }
    if (deleted > 0) log.info({ deleted }, 'conversations purged')
  }

  async function run(): Promise<void> {
    while (!signal.aborted) {
      await purgeAll()
      await setTimeout(intervalMs, undefined, { signal, ref: false }).catch(() => undefined)
    }
  }

  const over = run()
  return {
    async [Symbol.asyncDispose]() {
      ended.abort()
      await over
    },
  }
}
