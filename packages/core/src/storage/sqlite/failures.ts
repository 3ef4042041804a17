import { RealtimeError } from '../../errors.ts'
import type { Failure } from './protocol.ts'

/** SQLITE_BUSY: somebody else holds the file (https://sqlite.org/rescode.html). */
export const busy = 5

/** What other primary result codes say of the store. */
const meanings: ReadonlyMap<number | undefined, string> = new Map([
  [8, 'cannot be written'], // SQLITE_READONLY
  [11, 'is damaged'], // SQLITE_CORRUPT
  [13, 'cannot grow: the disk is full'], // SQLITE_FULL
  [14, 'cannot be opened'], // SQLITE_CANTOPEN
  [26, 'is not a conversation store, or is damaged'], // SQLITE_NOTADB
])

/** Primary result code of a SQLite error, `undefined` for any other error. */
export function resultCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number')
    return undefined
  // The low byte is the primary code, the rest says more about it.
  return error.errcode & 0xff
}

/** Any error of the database as `store_unavailable` that names the file; the message holds no stored text. */
export function toStoreError(error: unknown, path: string): RealtimeError {
  if (error instanceof RealtimeError) return error
  return new RealtimeError('store_unavailable', `The conversation store at ${path} ${describe(error)}.`, {
    cause: error,
  })
}

function describe(error: unknown): string {
  const meaning = meanings.get(resultCode(error))
  return meaning ?? `failed: ${error instanceof Error ? error.message : 'unknown error'}`
}

/** The fields of an error that travel between threads. */
export function toFailure({ code, message, param }: RealtimeError): Failure {
  return { code, message, param }
}

/** The error on the other side. */
export function fromFailure({ code, message, param }: Failure): RealtimeError {
  return new RealtimeError(code, message, { param })
}
