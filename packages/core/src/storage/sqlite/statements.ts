import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { Row, Statement } from '../sql/operation.ts'

/** Runs statements on an open database; each text is prepared once. */
export function createStatementRunner(database: DatabaseSync): (statement: Statement) => readonly Row[] {
  const prepared = new Map<string, StatementSync>()

  function prepare(sql: string): StatementSync {
    // In SQLite `$1` is a name and `?1` a number.
    const statement = database.prepare(sql.replaceAll(/\$(\d+)/g, '?$1'))
    prepared.set(sql, statement)
    return statement
  }

  return ({ sql, values }) => (prepared.get(sql) ?? prepare(sql)).all(...values)
}
