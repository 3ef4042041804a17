import { setTimeout } from 'node:timers/promises'
import { Client, Pool } from 'pg'
import type { ContextStore } from '../context-store.ts'
import type { RealtimeError } from '../../errors.ts'
import { sqlStore } from '../sql/sql-store.ts'
import { checkServer, connectionSettings } from './connection.ts'
import { poolEngine } from './engine.ts'
import { isPassing, toStoreError } from './failures.ts'
import { migrate } from './migrations.ts'

/** Options of the PostgreSQL store. */
export interface PostgresStoreOptions {
  /** `postgres://user:password@host:port/database`, with `?sslmode=verify-full` for TLS. It is never shown. */
  readonly url: string
  /** Schema of its tables, made when it is missing. `parley` by default. */
  readonly schema?: string
  /** Connections at most. 8 by default. */
  readonly poolSize?: number
  /** Unix ms, the system clock by default. */
  readonly now?: () => number
  /** Requests that may be under way; further ones are refused with `store_unavailable`. 10,000 by default. */
  readonly maxQueued?: number
  /** Longest time for one statement, and for the wait for a connection (ms). 10,000 by default. */
  readonly timeoutMs?: number
  /** How long a server that is not there yet is waited for (ms). 15,000 by default; `Infinity` for as long as it takes. */
  readonly startTimeoutMs?: number
  /** Told why a try failed that is followed by another. */
  readonly onRetry?: (error: RealtimeError) => void
  /** Ends the wait for a server. */
  readonly signal?: AbortSignal
}

/** Pause after the first try (ms); it doubles each time. */
const retryDelayMs = 250
const maxRetryDelayMs = 2000

/**
 * Opens a store in a PostgreSQL database (version 15 or newer), which any number of processes may share. Rejects with
 * `store_unavailable` that names the place, without user and password: not reachable, not let in, of a newer version,
 * or not safe (fsync off). What is deleted cannot be read any more at once; its bytes leave the server's files with
 * PostgreSQL's own vacuum, its write-ahead log and its backups.
 */
export async function postgresStore(options: PostgresStoreOptions): Promise<ContextStore> {
  const { url, schema = 'parley', poolSize = 8, now = Date.now, maxQueued = 10_000 } = options
  const { config, place } = connectionSettings({ url, schema, timeoutMs: options.timeoutMs ?? 10_000 })
  const open = async (): Promise<void> => {
    // A migration may take longer than any other statement, and so may the wait for another replica's.
    const { query_timeout: _, ...patient } = config
    const client = new Client(patient)
    // The statement under way fails as well; without a listener the process would end.
    client.on('error', () => undefined)
    try {
      await client.connect()
      await client.query('set statement_timeout = 0; set lock_timeout = 0')
      await checkServer(client, schema, place)
      await migrate(client, schema, place)
    } finally {
      await client.end()
    }
  }
  const failed = (error: unknown): RealtimeError => toStoreError(error, place)
  await whenReady(open, { ...options, onRetry: (error) => options.onRetry?.(failed(error)) }).catch(
    (error: unknown) => {
      throw failed(error)
    },
  )
  const pool = new Pool({ ...config, max: poolSize })
  // A connection that breaks while nobody uses it is replaced by the next that is needed.
  pool.on('error', () => undefined)
  return sqlStore({ engine: poolEngine({ pool, place, maxQueued }), place, now })
}

async function whenReady(
  open: () => Promise<void>,
  {
    startTimeoutMs = 15_000,
    onRetry,
    signal,
  }: Pick<PostgresStoreOptions, 'startTimeoutMs' | 'signal'> & { readonly onRetry: (error: unknown) => void },
): Promise<void> {
  const deadline = performance.now() + startTimeoutMs
  for (let delayMs = retryDelayMs; ; delayMs = Math.min(maxRetryDelayMs, delayMs * 2)) {
    try {
      // oxlint-disable-next-line no-await-in-loop
      return await open()
    } catch (error) {
      if (!isPassing(error) || signal?.aborted === true || performance.now() + delayMs > deadline) throw error
      onRetry(error)
    }
    // oxlint-disable-next-line no-await-in-loop
    await setTimeout(delayMs, undefined, { signal })
  }
}
