import type { DatabaseSync } from 'node:sqlite'
import type { RealtimeError } from '../../errors.ts'
import { runSync } from '../sql/operation.ts'
import { startOperation } from '../sql/operations.ts'
import type { AnyResult, Operations, Request } from '../sql/requests.ts'
import { toFailure, toStoreError } from './failures.ts'
import type { Reply } from './protocol.ts'
import { createStatementRunner } from './statements.ts'
import { markForWipe, wipeIfDue } from './wipe.ts'

/** Runs requests in order. Those that follow each other share one transaction, so one sync to disk serves them all. */
export interface GroupRunner {
  run(requests: readonly Request[]): readonly Reply[]
}

/** What a runner works with. */
export interface GroupOptions {
  readonly database: DatabaseSync
  readonly operations: Operations
  /** For errors. */
  readonly path: string
  /** Words were erased whose bytes are still in the file. */
  readonly onErased?: () => void
}

/** Makes the runner of one open database. */
export function createGroupRunner({ database, operations, path, onErased }: GroupOptions): GroupRunner {
  const begin = database.prepare('begin')
  const commit = database.prepare('commit')
  const savepoint = database.prepare('savepoint request')
  const release = database.prepare('release request')
  const statements = createStatementRunner(database)

  /** A request that fails leaves no trace and its neighbours alone, unless SQLite gave up the whole transaction. */
  function runApart(request: Request): Reply {
    savepoint.run()
    try {
      const value: AnyResult = runSync(startOperation(operations, request), statements.run)
      release.run()
      return { ok: true, value }
    } catch (error) {
      if (!database.isTransaction) throw error
      database.exec('rollback to request; release request')
      return refusal(toStoreError(error, path))
    }
  }

  function runTogether(requests: readonly Request[]): readonly Reply[] {
    try {
      begin.run()
      const replies = requests.map(runApart)
      const erased = statements.hasErased()
      if (erased) markForWipe(database)
      commit.run()
      if (erased) onErased?.()
      return replies
    } catch (error) {
      if (database.isTransaction) database.exec('rollback')
      return requests.map(() => refusal(toStoreError(error, path)))
    }
  }

  /** A delete is done when no byte of it is left; asked again, it tries that again. One wipe serves the group. */
  function wipe(requests: readonly Request[], replies: readonly Reply[]): readonly Reply[] {
    if (!requests.some(waitsForWipe)) return replies
    try {
      wipeIfDue(database)
      return replies
    } catch (error) {
      const failed = refusal(toStoreError(error, path))
      return requests.map((request, index) => (waitsForWipe(request) ? failed : (replies[index] ?? failed)))
    }
  }

  return { run: (requests) => wipe(requests, runTogether(requests)) }
}

/** Somebody asked for this and waits for it; what else is erased is wiped a little later, many at once. */
function waitsForWipe({ name }: Request): boolean {
  return name === 'delete' || name === 'deleteFact' || name === 'deleteFacts'
}

function refusal(error: RealtimeError): Reply {
  return { ok: false, error: toFailure(error) }
}
