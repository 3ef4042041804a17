import { RealtimeError } from '../errors.ts'
import type { ContextStore, ContextSummary, StoredContext, StoredEntry } from './context-store.ts'
import { summarizeEntries } from './context-summary.ts'
import { decodeEntry, encodeEntry } from './entry-text.ts'
import { type ListPosition, parseListOptions, toPage } from './list-page.ts'
import { checkContextId, revisionConflict, storeClosed } from './store-errors.ts'

/** Options of the memory store. */
export interface MemoryStoreOptions {
  /** Unix ms, the system clock by default. */
  readonly now?: () => number
}

interface Row {
  readonly createdAt: number
  updatedAt: number
  /** JSON texts, so that nobody outside holds what is stored. */
  readonly entries: { readonly at: number; readonly text: string }[]
}

/** A store that keeps conversations as long as the process lives. */
export function memoryStore({ now = Date.now }: MemoryStoreOptions = {}): ContextStore {
  const rows = new Map<string, Row>()
  let disposed = false

  function assertOpen(): void {
    if (disposed) throw storeClosed()
  }

  return {
    async append(id, entries, expectedRevision) {
      assertOpen()
      checkContextId(id)
      const texts = entries.map(encodeEntry)
      const at = now()
      const row = rows.get(id) ?? { createdAt: at, updatedAt: at, entries: [] }
      if (row.entries.length !== expectedRevision)
        throw revisionConflict(expectedRevision, row.entries.length)
      row.entries.push(...texts.map((text) => ({ at, text })))
      row.updatedAt = at
      rows.set(id, row)
      return row.entries.length
    },

    async load(id) {
      assertOpen()
      checkContextId(id)
      const row = rows.get(id)
      return row && toContext(id, row)
    },

    async list(options) {
      assertOpen()
      const { limit, before } = parseListOptions(options)
      const places = [...rows].map(([id, row]) => ({ id, row, updatedAt: row.updatedAt })).toSorted(byNewest)
      const older = before === undefined ? places : places.filter((place) => byNewest(before, place) < 0)
      const summaries = older.slice(0, limit + 1).map(({ id, row }) => toSummary(toContext(id, row)))
      return toPage(summaries, limit)
    },

    async delete(id) {
      assertOpen()
      checkContextId(id)
      return rows.delete(id)
    },

    async [Symbol.asyncDispose]() {
      disposed = true
      rows.clear()
    },
  }
}

function byNewest(a: ListPosition, b: ListPosition): number {
  if (a.updatedAt !== b.updatedAt) return b.updatedAt - a.updatedAt
  if (a.id === b.id) return 0
  return a.id < b.id ? 1 : -1
}

function toContext(id: string, { createdAt, updatedAt, entries }: Row): StoredContext {
  return { id, createdAt, updatedAt, revision: entries.length, entries: entries.map(toStoredEntry) }
}

function toStoredEntry({ at, text }: Row['entries'][number], index: number): StoredEntry {
  const entry = decodeEntry(text)
  if (entry === undefined)
    throw new RealtimeError('invalid_value', 'A conversation entry is not well formed.')
  return { revision: index + 1, at, entry }
}

function toSummary({ id, revision, createdAt, updatedAt, entries }: StoredContext): ContextSummary {
  return { id, revision, createdAt, updatedAt, ...summarizeEntries(entries) }
}
