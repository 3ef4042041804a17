import type { Comparison, Vote } from '@parley/compare'
import { openDB, type DBSchema, type IDBPDatabase } from 'idb'

/** Name and version of the database. A new version migrates in `upgrade`; older pages are told to reload. */
const databaseName = 'parley'
const databaseVersion = 1

/** What a list shows of a kept comparison, without its sound. */
export interface RunSummary {
  readonly id: string
  readonly title: string
  /** Unix ms. */
  readonly createdAt: number
  /** Name of the scenario; `undefined` for a live capture. */
  readonly scenario: string | undefined
  readonly lanes: readonly { readonly label: string; readonly backend: string; readonly model: string }[]
  readonly repeats: number
  readonly order: Comparison['order']
  readonly status: Comparison['status']
  /** How many passes failed. */
  readonly failed: number
  /** Longest lane, ms. */
  readonly durationMs: number
  /** About how much it takes in this browser. */
  readonly bytes: number
}

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

/** Comparisons and votes of this browser. Every method rejects with `RunStoreError`. */
export interface RunStore {
  /** Keeps a comparison with its sound, in place of one of the same id. */
  save(comparison: Comparison): Promise<RunSummary>
  /** Newest first. */
  list(): Promise<readonly RunSummary[]>
  /** `undefined` where there is none of that id. */
  load(id: string): Promise<Comparison | undefined>
  rename(id: string, title: string): Promise<void>
  /** Takes the comparison away; its votes stay. */
  delete(id: string): Promise<void>
  saveVote(vote: Vote): Promise<void>
  /** Oldest first. */
  votes(): Promise<readonly Vote[]>
  deleteVote(id: string): Promise<void>
  /** Calls back after each change, of other tabs too; returns the way to stop. */
  onChange(listener: () => void): () => void
}

interface Schema extends DBSchema {
  comparisons: { key: string; value: Comparison }
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
    async save(comparison) {
      const summary = summaryOf(comparison)
      await change(async (database) => {
        const transaction = database.transaction(['comparisons', 'summaries'], 'readwrite')
        await Promise.all([
          transaction.objectStore('comparisons').put(comparison),
          transaction.objectStore('summaries').put(summary),
          transaction.done,
        ])
      })
      return summary
    },
    list: () =>
      run(async (database) => (await database.getAllFromIndex('summaries', 'createdAt')).toReversed()),
    load: (id) => run((database) => database.get('comparisons', id)),
    rename: (id, title) =>
      change(async (database) => {
        const transaction = database.transaction(['comparisons', 'summaries'], 'readwrite')
        const [comparison, summary] = await Promise.all([
          transaction.objectStore('comparisons').get(id),
          transaction.objectStore('summaries').get(id),
        ])
        await Promise.all([
          comparison && transaction.objectStore('comparisons').put({ ...comparison, title }),
          summary && transaction.objectStore('summaries').put({ ...summary, title }),
          transaction.done,
        ])
      }),
    delete: (id) =>
      change(async (database) => {
        const transaction = database.transaction(['comparisons', 'summaries'], 'readwrite')
        await Promise.all([
          transaction.objectStore('comparisons').delete(id),
          transaction.objectStore('summaries').delete(id),
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

/** What a list shows of a comparison. */
export function summaryOf(comparison: Comparison): RunSummary {
  const { id, title, createdAt, scenario, lanes, repeats, order, status, runs } = comparison
  const samples = runs.flatMap(({ input, output }) => [...input, ...output]).map((part) => part.samples)
  return {
    id,
    title,
    createdAt,
    scenario: scenario?.name,
    lanes: lanes.map(({ label, backend, model }) => ({ label, backend, model })),
    repeats,
    order,
    status,
    failed: runs.filter(({ outcome }) => outcome === 'failed').length,
    durationMs: Math.max(0, ...runs.map(({ durationMs }) => durationMs)),
    bytes: samples.reduce((sum, { byteLength }) => sum + byteLength, 0),
  }
}

function open(name: string, onClosed: () => void): Promise<IDBPDatabase<Schema>> {
  return openDB<Schema>(name, databaseVersion, {
    upgrade(database, oldVersion) {
      if (oldVersion < 1) {
        database.createObjectStore('comparisons', { keyPath: 'id' })
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
