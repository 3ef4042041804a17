import type { DatabaseSync, SQLOutputValue } from 'node:sqlite'
import type { ContextPage, ContextSummary } from '../context-store.ts'
import { summarizeEntries } from '../context-summary.ts'
import { type ListRequest, toPage } from '../list-page.ts'
import { revisionConflict } from '../store-errors.ts'
import type { AppendRequest, ContextRow, EntryRow, IdRequest } from './protocol.ts'
import { toStoredEntries } from './rows.ts'

/** Every statement of the store, in standard SQL. Each method is one operation, to be run in a transaction. */
export interface Queries {
  /** Throws `revision_conflict` before anything is written. */
  append(request: AppendRequest): number
  load(request: IdRequest): ContextRow | undefined
  list(request: ListRequest): ContextPage
  delete(request: IdRequest): boolean
}

/** Prepares the statements on an open database. */
export function prepareQueries(database: DatabaseSync, path: string): Queries {
  const selectContext = database.prepare('select revision, created_at, updated_at from contexts where id = ?')
  const insertContext = database.prepare(
    `insert into contexts (id, revision, created_at, updated_at, title, item_count, summarized_revision)
     values (?, ?, ?, ?, '', 0, 0)`,
  )
  const updateContext = database.prepare('update contexts set revision = ?, updated_at = ? where id = ?')
  const insertEntry = database.prepare(
    'insert into entries (context_id, revision, at, entry) values (?, ?, ?, ?)',
  )
  const selectEntries = database.prepare(
    'select revision, at, entry from entries where context_id = ? order by revision',
  )
  const summaryColumns = 'id, revision, created_at, updated_at, title, item_count, summarized_revision'
  const selectNewest = database.prepare(
    `select ${summaryColumns} from contexts order by updated_at desc, id desc limit ?`,
  )
  const selectOlder = database.prepare(
    `select ${summaryColumns} from contexts where (updated_at, id) < (?, ?)
     order by updated_at desc, id desc limit ?`,
  )
  const updateSummary = database.prepare(
    'update contexts set title = ?, item_count = ?, summarized_revision = ? where id = ?',
  )
  const deleteEntries = database.prepare('delete from entries where context_id = ?')
  const deleteContext = database.prepare('delete from contexts where id = ?')

  function entriesOf(id: string): readonly EntryRow[] {
    return selectEntries.all(id).map((row) => ({
      revision: Number(row['revision']),
      at: Number(row['at']),
      entry: String(row['entry']),
    }))
  }

  /** The gist of a conversation is kept beside it, and made anew only after the conversation grew. */
  function toSummary(row: Record<string, SQLOutputValue>): ContextSummary {
    const id = String(row['id'])
    const revision = Number(row['revision'])
    const times = { createdAt: Number(row['created_at']), updatedAt: Number(row['updated_at']) }
    if (row['summarized_revision'] === revision) {
      return { id, revision, ...times, itemCount: Number(row['item_count']), title: String(row['title']) }
    }
    const gist = summarizeEntries(toStoredEntries(entriesOf(id), path))
    updateSummary.run(gist.title, gist.itemCount, revision, id)
    return { id, revision, ...times, ...gist }
  }

  return {
    append({ id, entries, at, expectedRevision }) {
      const row = selectContext.get(id)
      const current = Number(row?.['revision'] ?? 0)
      if (current !== expectedRevision) throw revisionConflict(expectedRevision, current)
      const revision = current + entries.length
      if (row === undefined) insertContext.run(id, revision, at, at)
      else updateContext.run(revision, at, id)
      entries.forEach((entry, index) => insertEntry.run(id, current + index + 1, at, entry))
      return revision
    },

    load({ id }) {
      const row = selectContext.get(id)
      if (row === undefined) return undefined
      return {
        revision: Number(row['revision']),
        createdAt: Number(row['created_at']),
        updatedAt: Number(row['updated_at']),
        entries: entriesOf(id),
      }
    },

    list({ limit, before }) {
      const rows =
        before === undefined
          ? selectNewest.all(limit + 1)
          : selectOlder.all(before.updatedAt, before.id, limit + 1)
      return toPage(rows.map(toSummary), limit)
    },

    delete({ id }) {
      deleteEntries.run(id)
      return deleteContext.run(id).changes > 0
    },
  }
}
