import { resolve } from 'node:path'
import type { ContextStore } from '../context-store.ts'
import { sqlStore } from '../sql/sql-store.ts'
import { openDatabaseThread } from './thread.ts'

/** Options of the SQLite store. */
export interface SqliteStoreOptions {
  /** File to keep the conversations in; it and its folder are made when missing. */
  readonly path: string
  /** Unix ms, the system clock by default. */
  readonly now?: () => number
  /** Calls that may wait for the one running; further ones are refused with `store_unavailable`. 10,000 by default. */
  readonly maxQueued?: number
}

/**
 * Opens a store in one file, held by this process alone until it is disposed of. Rejects with `store_unavailable`
 * that names the file when it is in use (and by whom), damaged, or of a newer version. `delete` resolves when no byte
 * of the conversation is left in the file; bytes of deleted items and purged conversations are gone about a second
 * later (for a large file up to 20 times as long as it takes to write it), at the latest on dispose.
 */
export async function sqliteStore(options: SqliteStoreOptions): Promise<ContextStore> {
  const { now = Date.now, maxQueued = 10_000 } = options
  const path = resolve(options.path)
  return sqlStore({ engine: await openDatabaseThread({ path, maxQueued }), place: path, now })
}
