import type { Pool, PoolClient } from 'pg'
import { RealtimeError } from '../../errors.ts'
import { type Row, runAsync, type Statement } from '../sql/operation.ts'
import { createOperations, startOperation } from '../sql/operations.ts'
import type { AnyResult, Engine, Request, Requests } from '../sql/requests.ts'
import { storeClosed } from '../store-errors.ts'
import { toStoreError } from './failures.ts'

/** What the engine works with. */
export interface PoolEngineOptions {
  readonly pool: Pool
  /** Names the store in errors. */
  readonly place: string
  /** Requests that may be under way or wait for a connection. */
  readonly maxQueued: number
}

/** Carries requests out over a pool of connections, and ends the pool when it is closed. */
export function poolEngine({ pool, place, maxQueued }: PoolEngineOptions): Engine {
  const operations = createOperations(place)
  const running = new Set<Promise<AnyResult>>()
  let closed: Promise<void> | undefined

  async function carryOut(request: Request): Promise<AnyResult> {
    try {
      const client = await pool.connect()
      return await withClient(client, () => perform(client, request))
    } catch (error) {
      throw toStoreError(error, place)
    }
  }

  async function perform(client: PoolClient, request: Request): Promise<AnyResult> {
    const query = async ({ sql, values }: Statement): Promise<readonly Row[]> =>
      (await client.query<Row>(sql, [...values])).rows
    const operation = startOperation(operations, request)
    // Every other operation changes something in one statement at most, which is whole by itself.
    if (request.name !== 'append') return runAsync(operation, query)
    await client.query('begin')
    try {
      const result = await runAsync(operation, query)
      await client.query('commit')
      return result
    } catch (error) {
      await client.query('rollback')
      throw error
    }
  }

  async function finish(): Promise<void> {
    await Promise.allSettled(running)
    await pool.end()
  }

  return {
    async call(name, request) {
      if (closed !== undefined) throw storeClosed()
      if (running.size >= maxQueued) {
        throw new RealtimeError(
          'store_unavailable',
          `The conversation store at ${place} has ${maxQueued} requests waiting.`,
        )
      }
      // Checked by the signature: name and request belong together, as do the request and its result.
      const result = carryOut({ name, ...request } as Request)
      running.add(result)
      try {
        return (await result) as Requests[typeof name]['result']
      } finally {
        running.delete(result)
      }
    },
    close() {
      closed ??= finish()
      return closed
    },
  }
}

/** Gives the connection back, or closes it where it may not be in order. */
async function withClient<Result>(client: PoolClient, use: () => Promise<Result>): Promise<Result> {
  let broken = false
  // A connection that ends between two statements says so by an event; the next statement then fails.
  const onError = (): void => {
    broken = true
  }
  client.on('error', onError)
  try {
    return await use()
  } catch (error) {
    broken ||= !(error instanceof RealtimeError)
    throw error
  } finally {
    client.off('error', onError)
    client.release(broken)
  }
}
