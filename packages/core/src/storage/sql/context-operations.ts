import type { ContextSummary } from '../context-store.ts'
import { summarizeEntries } from '../context-summary.ts'
import { encodeEntry } from '../entry-text.ts'
import { erasuresIn } from '../erasure.ts'
import { toPage } from '../list-page.ts'
import { revisionConflict } from '../store-errors.ts'
import { addEntries, entriesThrough } from './entries.ts'
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

  /**
   * The words of what new entries delete or replace leave the log, the sounds and the title. Gives the new entries with
   * the words that stay.
   */
  function* erase(request: AppendRequest, added: readonly EntryRow[]): Operation<readonly EntryRow[]> {
    const { id, expectedRevision, deletedItemIds } = request
    const before = yield* entriesThrough(id, expectedRevision)
    const erasures = erasuresIn(toStoredEntries([...before, ...added], place))
    for (const [revision, entry] of erasures) {
      if (revision <= expectedRevision) yield replaceEntry(id, revision, encodeEntry(entry))
    }
    for (const itemId of deletedItemIds) {
      yield {
        sql: 'delete from audio where context_id = $1 and item_id = $2 returning item_id',
        values: [id, itemId],
        erases: true,
      }
    }
    if (deletedItemIds.length > 0) {
      yield {
        sql: `update contexts set title = '', summarized_revision = -1, deletions = deletions + $2 where id = $1`,
        values: [id, deletedItemIds.length],
      }
    }
    return added.map((row) => {
      const erased = erasures.get(row.revision)
      return erased === undefined ? row : { ...row, entry: encodeEntry(erased) }
    })
  }

  return {
    *append(request) {
      const { id, entries, at, times, expectedRevision, erasing } = request
      const [moved] = yield expectedRevision === 0 ? begin(request) : advance(request)
      if (moved === undefined) {
        const [row] = yield { sql: 'select revision from contexts where id = $1', values: [id] }
        throw revisionConflict(expectedRevision, Number(row?.['revision'] ?? 0))
      }
      const added = entries.map((entry, index) => ({
        revision: expectedRevision + index + 1,
        at: times.entries?.[index] ?? at,
        entry,
      }))
      const erases = erasing === 'yes' || (erasing === 'after_deletions' && Number(moved['deletions']) > 0)
      yield* addEntries(id, erases ? yield* erase(request, added) : added)
      return expectedRevision + entries.length
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
      const gone = yield {
        sql: 'delete from contexts where id = $1 returning id',
        values: [id],
        erases: true,
      }
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
        erases: true,
      }
      return gone.map((row) => String(row['id']))
    },
  }
}

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
      where contexts.revision = 0 returning deletions`,
    values: [id, entries.length, times.createdAt ?? at, updatedAt(request), times.createdAt ?? null],
  }
}

function advance(request: AppendRequest): Statement {
  const { id, entries, expectedRevision } = request
  return {
    sql: `update contexts set revision = $3, updated_at = $4, expires_at = $4 + retention_seconds * 1000
      where id = $1 and revision = $2 returning deletions`,
    values: [id, expectedRevision, expectedRevision + entries.length, updatedAt(request)],
  }
}

function updatedAt({ entries, at, times }: AppendRequest): number {
  return times.entries?.[entries.length - 1] ?? (entries.length === 0 ? times.createdAt : undefined) ?? at
}

function replaceEntry(id: string, revision: number, entry: string): Statement {
  return {
    sql: 'update entries set entry = $3 where context_id = $1 and revision = $2 and entry <> $3 returning revision',
    values: [id, revision, entry],
    erases: true,
  }
}
