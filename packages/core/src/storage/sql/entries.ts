import type { Operation, Statement } from './operation.ts'
import type { EntryRow } from './requests.ts'
import { toEntryRow } from './rows.ts'

/** Values of one statement are limited (PostgreSQL: 65,535; SQLite: 32,766). */
const maxRowsPerInsert = 100

/** Puts entries at the end of a log. */
export function* addEntries(id: string, rows: readonly EntryRow[]): Operation<void> {
  for (let start = 0; start < rows.length; start += maxRowsPerInsert)
    yield insertEntries(id, rows.slice(start, start + maxRowsPerInsert))
}

function insertEntries(id: string, rows: readonly EntryRow[]): Statement {
  const places = rows.map((_, index) => `($1, $${index * 3 + 2}, $${index * 3 + 3}, $${index * 3 + 4})`)
  return {
    sql: `insert into entries (context_id, revision, at, entry) values ${places.join(', ')}`,
    values: [id, ...rows.flatMap(({ revision, at, entry }) => [revision, at, entry])],
  }
}

/** The log up to a revision. The conversation may grow meanwhile; what comes behind `revision` is not asked for. */
export function* entriesThrough(id: string, revision: number): Operation<readonly EntryRow[]> {
  const rows = yield {
    sql: 'select revision, at, entry from entries where context_id = $1 and revision <= $2 order by revision',
    values: [id, revision],
  }
  return rows.map(toEntryRow)
}
