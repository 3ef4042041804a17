import type { Comparison, Vote } from '@parley/compare'
import { openDB, type DBSchema, type IDBPDatabase } from 'idb'
import {
  bytesOf,
  putTogether,
  takeApart,
  withoutSound,
  type KeptComparison,
  type KeptSound,
} from './kept-comparison.ts'
import { readSummary, summaryOf, type RunOrigin, type RunSummary } from './run-summary.ts'

/** Name and version of the database. A new version migrates in `upgrade`; older pages are told to reload. */
const databaseName = 'parley'
const databaseVersion = 1

/** Why something could not be kept. */
export type StorageProblem = 'quota' | 'unavailable' | 'outdated' | 'failed'

/** A run store that cannot do what was asked. */
export class RunStoreError extends Error {
  override readonly name = 'RunStoreError'
  readonly problem: StorageProblem

  constructor(problem: StorageProblem, cause: unknown) {
    super(`The browser's storage: ${problem}.`, { cause })
    this.problem = problem
  }
}

/** A kept comparison with what the store knows of it. */
export interface LoadedRun {
  readonly comparison: Comparison
  readonly summary: RunSummary
}

/** Comparisons and votes of this browser. Every method rejects with `RunStoreError`. */
export interface RunStore {
  /** Keeps a comparison with its sound, in place of one of the same id. */
  save(comparison: Comparison, origin?: RunOrigin): Promise<RunSummary>
  /** Newest first. */
  list(): Promise<readonly RunSummary[]>
  /** With its sound unless that is not needed; `undefined` where there is none of that id. */
  load(id: string, options?: { readonly sound: boolean }): Promise<LoadedRun | undefined>
  rename(id: string, title: string): Promise<void>
  /** Takes comparisons away; their votes stay. */
  delete(ids: readonly string[]): Promise<void>
  /** Takes away the sound alone: times, words and numbers stay. */
  dropSound(ids: readonly string[]): Promise<void>
  saveVote(vote: Vote): Promise<void>
  /** Oldest first. */
  votes(): Promise<readonly Vote[]>
  deleteVote(id: string): Promise<void>
  /** Calls back after each change, of other tabs too; returns the way to stop. */
  onChange(listener: () => void): () => void
}

interface Schema extends DBSchema {
  comparisons: { key: string; value: KeptComparison }
  sounds: { key: [comparisonId: string, pass: number]; value: KeptSound }
  summaries: { key: string; value: RunSummary; indexes: { createdAt: number } }
  votes: { key: string; value: Vote; indexes: { at: number; comparisonId: string } }
}

/** The run store over IndexedDB. Nothing is opened before the first call. */
export function createRunStore(name = databaseName): RunStore {
  let opened: Promise<IDBPDatabase<Schema>> | undefined
  const changes = new EventTarget()
  const channel = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel(`${name}-runs`)
  channel?.addEventListener('message', () => changes.dispatchEvent(new Event('change')))

  const run = async <T>(action: (database: IDBPDatabase<Schema>) => Promise<T>): Promise<T> => {
    opened ??= open(name, () => {
      opened = undefined
    })
    try {
      return await action(await opened)
    } catch (error) {
      throw error instanceof RunStoreError ? error : new RunStoreError(problemOf(error), error)
    }
  }
  const change = async (action: (database: IDBPDatabase<Schema>) => Promise<void>): Promise<void> => {
    await run(action)
    changes.dispatchEvent(new Event('change'))
    channel?.postMessage('change')
  }

  return {
    async save(comparison, origin = 'measured') {
      const { comparison: kept, sounds } = takeApart(comparison)
      const summary = summaryOf(comparison, { soundBytes: bytesOf(sounds), origin })
      await change(async (database) => {
        const transaction = database.transaction(['comparisons', 'sounds', 'summaries'], 'readwrite')
        const soundStore = transaction.objectStore('sounds')
        await Promise.all([
          transaction.objectStore('comparisons').put(kept),
          transaction.objectStore('summaries').put(summary),
          soundStore.delete(soundsOf(comparison.id)),
          ...sounds.map((sound) => soundStore.put(sound)),
          transaction.done,
        ])
      })
      return summary
    },
    list: () =>
      run(async (database) =>
        (await database.getAllFromIndex('summaries', 'createdAt')).toReversed().map(readSummary),
      ),
    load: (id, { sound } = { sound: true }) =>
      run(async (database) => {
        const transaction = database.transaction(['comparisons', 'sounds', 'summaries'])
        const [kept, summary, sounds] = await Promise.all([
          transaction.objectStore('comparisons').get(id),
          transaction.objectStore('summaries').get(id),
          sound ? transaction.objectStore('sounds').getAll(soundsOf(id)) : [],
        ])
        if (!kept || !summary) return undefined
        return { comparison: sound ? putTogether(kept, sounds) : withoutSound(kept), summary }
      }),
    rename: (id, title) =>
      change(async (database) => {
        const transaction = database.transaction(['comparisons', 'summaries'], 'readwrite')
        const [kept, summary] = await Promise.all([
          transaction.objectStore('comparisons').get(id),
          transaction.objectStore('summaries').get(id),
        ])
        await Promise.all([
          kept && transaction.objectStore('comparisons').put({ ...kept, title }),
          summary && transaction.objectStore('summaries').put({ ...summary, title }),
          transaction.done,
        ])
      }),
    delete: (ids) =>
      change(async (database) => {
        const transaction = database.transaction(['comparisons', 'sounds', 'summaries'], 'readwrite')
        await Promise.all([
          ...ids.flatMap((id) => [
            transaction.objectStore('comparisons').delete(id),
            transaction.objectStore('sounds').delete(soundsOf(id)),
            transaction.objectStore('summaries').delete(id),
          ]),
          transaction.done,
        ])
      }),
    dropSound: (ids) =>
      change(async (database) => {
        const transaction = database.transaction(['sounds', 'summaries'], 'readwrite')
        const summaries = transaction.objectStore('summaries')
        await Promise.all([
          ...ids.map(async (id) => {
            await transaction.objectStore('sounds').delete(soundsOf(id))
            const summary = await summaries.get(id)
            if (summary) await summaries.put({ ...summary, soundBytes: 0 })
          }),
          transaction.done,
        ])
      }),
    saveVote: (vote) => change(async (database) => void (await database.put('votes', vote))),
    votes: () => run((database) => database.getAllFromIndex('votes', 'at')),
    deleteVote: (id) => change((database) => database.delete('votes', id)),
    onChange(listener) {
      changes.addEventListener('change', listener)
      return () => changes.removeEventListener('change', listener)
    },
  }
}

/** Every pass of a comparison: an array comes after all numbers. */
function soundsOf(id: string): IDBKeyRange {
  return IDBKeyRange.bound([id], [id, []])
}

function open(name: string, onClosed: () => void): Promise<IDBPDatabase<Schema>> {
  return openDB<Schema>(name, databaseVersion, {
    upgrade(database, oldVersion) {
      if (oldVersion < 1) {
        database.createObjectStore('comparisons', { keyPath: 'id' })
        database.createObjectStore('sounds', { keyPath: ['comparisonId', 'pass'] })
        database.createObjectStore('summaries', { keyPath: 'id' }).createIndex('createdAt', 'createdAt')
        const votes = database.createObjectStore('votes', { keyPath: 'id' })
        votes.createIndex('at', 'at')
        votes.createIndex('comparisonId', 'comparisonId')
      }
    },
    // Another tab has a newer page: it may go on, and this one opens again when it needs to.
    blocking: (_current, _blocked, event) => {
      if (event.target instanceof IDBDatabase) event.target.close()
      onClosed()
    },
    terminated: onClosed,
  }).catch((error: unknown) => {
    onClosed()
    throw new RunStoreError(problemOf(error, 'unavailable'), error)
  })
}

function problemOf(error: unknown, otherwise: StorageProblem = 'failed'): StorageProblem {
  const name = error instanceof Error || error instanceof DOMException ? error.name : ''
  if (name === 'QuotaExceededError') return 'quota'
  return name === 'VersionError' ? 'outdated' : otherwise
}
