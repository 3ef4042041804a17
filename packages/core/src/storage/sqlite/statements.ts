import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { Row, Statement } from '../sql/operation.ts'

/** Runs statements on an open database; each text is prepared once. */
export interface StatementRunner {
  readonly run: (statement: Statement) => readonly Row[]
  /** Whether words were erased since it was asked last. */
  hasErased(): boolean
}

/** Makes the runner of one open database. */
export function createStatementRunner(database: DatabaseSync): StatementRunner {
  let erased = false
  const prepared = new Map<string, StatementSync>()

  function prepare(sql: string): StatementSync {
    // In SQLite `$1` is a name and `?1` a number.
    const statement = database.prepare(sql.replaceAll(/\$(\d+)/g, '?$1'))
    prepared.set(sql, statement)
    return statement
  }

  return {
    run({ sql, values, erases }) {
      const rows = (prepared.get(sql) ?? prepare(sql)).all(...values)
      erased ||= erases === true && rows.length > 0
      return rows
    },
    hasErased() {
      const had = erased
      erased = false
      return had
    },
  }
}
