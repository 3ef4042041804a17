import { RealtimeError } from '../errors.ts'
import type { ContextPage, ContextSummary, ListOptions } from './context-store.ts'

/** Place in the list: what follows it is older, or as old with a smaller id. */
export interface ListPosition {
  readonly updatedAt: number
  readonly id: string
}

/** A checked request for a page; `before` is the last row of the page before. */
export interface ListRequest {
  readonly limit: number
  readonly before: ListPosition | undefined
}

const maxLimit = 100

/** Checks the options of `list`. Throws `invalid_value` for a limit out of range or a cursor no list gave. */
export function parseListOptions({ limit, after }: ListOptions): ListRequest {
  checkLimit(limit)
  return { limit, before: after === undefined ? undefined : parseCursor(after) }
}

/** Throws `invalid_value` for a number of rows no page has. */
export function checkLimit(limit: number): void {
  if (!Number.isInteger(limit) || limit < 1 || limit > maxLimit) {
    throw new RealtimeError('invalid_value', `The limit is a whole number from 1 to ${maxLimit}.`, {
      param: 'limit',
    })
  }
}

/** Page of the first `limit` rows; a row beyond them shows that another page follows. */
export function toPage(rows: readonly ContextSummary[], limit: number): ContextPage {
  const contexts = rows.slice(0, limit)
  const last = contexts.at(-1)
  return { contexts, cursor: last !== undefined && rows.length > limit ? toCursor(last) : undefined }
}

function toCursor({ updatedAt, id }: ListPosition): string {
  return Buffer.from(JSON.stringify([updatedAt, id])).toString('base64url')
}

function parseCursor(cursor: string): ListPosition {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    if (Array.isArray(value) && value.length === 2) {
      const [updatedAt, id]: readonly unknown[] = value
      if (typeof updatedAt === 'number' && typeof id === 'string') return { updatedAt, id }
    }
  } catch {
    // Text that is no JSON is no cursor either.
  }
  throw new RealtimeError('invalid_value', 'The cursor is not one this list gave.', { param: 'after' })
}
