import type { ContextSummary } from '../context-store.ts'
import { summarizeEntries } from '../context-summary.ts'
import { encodeEntry } from '../entry-text.ts'
import { erasuresIn } from '../erasure.ts'
import { toPage } from '../list-page.ts'
import { revisionConflict } from '../store-errors.ts'
import type { Operation, Row, Statement } from './operation.ts'
import type { AppendRequest, EntryRow, Operations } from './requests.ts'
import { toEntryRow, toStoredEntries } from './rows.ts'

/** What is done with conversations; `place` names the store in errors. */
export function contextOperations(
  place: string,
): Pick<Operations, 'append' | 'load' | 'list' | 'delete' | 'setRetention' | 'purge'> {
  /** The gist of a conversation is kept beside it, and made anew only after the conversation grew. */
  function* toSummary(row: Row): Operation<ContextSummary> {
    const id = String(row['id'])
    const revision = Number(row['revision'])
    const times = { createdAt: Number(row['created_at']), updatedAt: Number(row['updated_at']) }
    if (Number(row['summarized_revision']) === revision) {
      return { id, revision, ...times, itemCount: Number(row['item_count']), title: String(row['title']) }
    }
    const log = yield* entriesThrough(id, revision)
    const gist = summarizeEntries(toStoredEntries(log, place))
    yield {
      sql: `update contexts set title = $3, item_count = $4, summarized_revision = $2
        where id = $1 and revision = $2`,
      values: [id, revision, gist.title, gist.itemCount],
    }
    return { id, revision, ...times, ...gist }
  }

  /** The words of deleted items leave the log, the sounds and the title. */
  function* erase(id: string, revision: number, itemIds: readonly string[]): Operation<void> {
    const log = toStoredEntries(yield* entriesThrough(id, revision), place)
    for (const [erased, entry] of erasuresIn(log)) {
      yield {
        sql: 'update entries set entry = $3 where context_id = $1 and revision = $2',
        values: [id, erased, encodeEntry(entry)],
      }
    }
    for (const itemId of itemIds)
      yield { sql: 'delete from audio where context_id = $1 and item_id = $2', values: [id, itemId] }
    yield { sql: `update contexts set title = '', summarized_revision = -1 where id = $1`, values: [id] }
  }

  return {
    *append(request) {
      const { id, entries, at, times, expectedRevision, deletedItemIds } = request
      const moved = yield expectedRevision === 0 ? begin(request) : advance(request)
      if (moved.length === 0) {
        const [row] = yield { sql: 'select revision from contexts where id = $1', values: [id] }
        throw revisionConflict(expectedRevision, Number(row?.['revision'] ?? 0))
      }
      const rows = entries.map((entry, index) => ({
        revision: expectedRevision + index + 1,
        at: times.entries?.[index] ?? at,
        entry,
      }))
      for (let start = 0; start < rows.length; start += maxRowsPerInsert)
        yield insertEntries(id, rows.slice(start, start + maxRowsPerInsert))
      const revision = expectedRevision + entries.length
      if (deletedItemIds.length > 0) yield* erase(id, revision, deletedItemIds)
      return revision
    },

    *load({ id }) {
      // One statement, so that what is seen of the conversation and of its entries belongs together.
      const rows = yield {
        sql: `select c.revision as last_revision, c.created_at, c.updated_at, c.retention_seconds,
            e.revision, e.at, e.entry
          from contexts c left join entries e on e.context_id = c.id
          where c.id = $1 order by e.revision`,
        values: [id],
      }
      const [first] = rows
      if (first === undefined) return undefined
      const seconds = first['retention_seconds']
      return {
        revision: Number(first['last_revision']),
        createdAt: Number(first['created_at']),
        updatedAt: Number(first['updated_at']),
        ...(seconds === null ? {} : { retentionSeconds: Number(seconds) }),
        entries: first['revision'] === null ? [] : rows.map(toEntryRow),
      }
    },

    *list({ limit, before }) {
      const rows = yield before === undefined
        ? { sql: `select ${summaryColumns} from contexts ${newestFirst} limit $1`, values: [limit + 1] }
        : {
            sql: `select ${summaryColumns} from contexts where (updated_at, id) < ($1, $2) ${newestFirst} limit $3`,
            values: [before.updatedAt, before.id, limit + 1],
          }
      const summaries: ContextSummary[] = []
      for (const row of rows) summaries.push(yield* toSummary(row))
      return toPage(summaries, limit)
    },

    *delete({ id }) {
      const gone = yield { sql: 'delete from contexts where id = $1 returning id', values: [id] }
      return gone.length > 0
    },

    *setRetention({ id, seconds }) {
      const changed = yield seconds === undefined
        ? {
            sql: `update contexts set retention_seconds = null, expires_at = null where id = $1 returning id`,
            values: [id],
          }
        : {
            sql: `update contexts set retention_seconds = $2, expires_at = updated_at + $3
              where id = $1 returning id`,
            values: [id, seconds, seconds * 1000],
          }
      return changed.length > 0
    },

    *purge({ limit, at }) {
      // The time is asked twice: a conversation that goes on in the meantime is kept.
      const gone = yield {
        sql: `delete from contexts where expires_at <= $1 and id in
            (select id from contexts where expires_at <= $1 order by expires_at, id limit $2)
          returning id`,
        values: [at, limit],
      }
      return gone.map((row) => String(row['id']))
    },
  }
}

/** Values of one statement are limited (PostgreSQL: 65,535; SQLite: 32,766). */
const maxRowsPerInsert = 100

const summaryColumns = 'id, revision, created_at, updated_at, title, item_count, summarized_revision'
const newestFirst = 'order by updated_at desc, id desc'

/** No row comes back where another append came first; the row stays locked until the transaction ends. */
function begin(request: AppendRequest): Statement {
  const { id, entries, at, times } = request
  return {
    sql: `insert into contexts (id, revision, created_at, updated_at, title, item_count, summarized_revision)
      values ($1, $2, $3, $4, '', 0, 0)
      on conflict (id) do update set revision = excluded.revision, updated_at = excluded.updated_at,
        created_at = coalesce($5, contexts.created_at),
        expires_at = excluded.updated_at + contexts.retention_seconds * 1000
      where contexts.revision = 0 returning id`,
    values: [id, entries.length, times.createdAt ?? at, updatedAt(request), times.createdAt ?? null],
  }
}

function advance(request: AppendRequest): Statement {
  const { id, entries, expectedRevision } = request
  return {
    sql: `update contexts set revision = $3, updated_at = $4, expires_at = $4 + retention_seconds * 1000
      where id = $1 and revision = $2 returning id`,
    values: [id, expectedRevision, expectedRevision + entries.length, updatedAt(request)],
  }
}

function updatedAt({ entries, at, times }: AppendRequest): number {
  return times.entries?.[entries.length - 1] ?? (entries.length === 0 ? times.createdAt : undefined) ?? at
}

function insertEntries(id: string, rows: readonly EntryRow[]): Statement {
  const places = rows.map((_, index) => `($1, $${index * 3 + 2}, $${index * 3 + 3}, $${index * 3 + 4})`)
  return {
    sql: `insert into entries (context_id, revision, at, entry) values ${places.join(', ')}`,
    values: [id, ...rows.flatMap(({ revision, at, entry }) => [revision, at, entry])],
  }
}

/** The conversation may grow meanwhile; what comes behind `revision` is not asked for. */
function* entriesThrough(id: string, revision: number): Operation<readonly EntryRow[]> {
  const rows = yield {
    sql: 'select revision, at, entry from entries where context_id = $1 and revision <= $2 order by revision',
    values: [id, revision],
  }
  return rows.map(toEntryRow)
}
