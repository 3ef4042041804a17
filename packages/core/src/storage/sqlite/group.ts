import type { DatabaseSync } from 'node:sqlite'
import type { RealtimeError } from '../../errors.ts'
import { wipeDeleted } from './database.ts'
import { toFailure, toStoreError } from './failures.ts'
import type { Reply, Request } from './protocol.ts'
import type { Queries } from './queries.ts'

/** Runs requests in order. Those that follow each other share one transaction, so one sync to disk serves them all. */
export interface GroupRunner {
  run(requests: readonly Request[]): readonly Reply[]
}

/** Makes the runner of one open database; `path` is for its errors. */
export function createGroupRunner(database: DatabaseSync, queries: Queries, path: string): GroupRunner {
  const begin = database.prepare('begin')
  const commit = database.prepare('commit')
  const savepoint = database.prepare('savepoint request')
  const release = database.prepare('release request')

  function run(request: Request): Reply {
    switch (request.name) {
      case 'append':
        return { ok: true, value: queries.append(request) }
      case 'load':
        return { ok: true, value: queries.load(request) }
      case 'list':
        return { ok: true, value: queries.list(request) }
      case 'delete':
        return { ok: true, value: queries.delete(request) }
    }
  }

  /** A request that fails leaves no trace and its neighbours alone, unless SQLite gave up the whole transaction. */
  function runApart(request: Request): Reply {
    savepoint.run()
    try {
      const reply = run(request)
      release.run()
      return reply
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
      commit.run()
      return replies
    } catch (error) {
      if (database.isTransaction) database.exec('rollback')
      return requests.map(() => refusal(toStoreError(error, path)))
    }
  }

  /** A delete is done when no byte of it is left; asked again, it tries that again. One wipe serves the group. */
  function wipe(requests: readonly Request[], replies: readonly Reply[]): readonly Reply[] {
    if (!requests.some(isDelete)) return replies
    try {
      wipeDeleted(database)
      return replies
    } catch (error) {
      const failed = refusal(toStoreError(error, path))
      return requests.map((request, index) => (isDelete(request) ? failed : (replies[index] ?? failed)))
    }
  }

  return { run: (requests) => wipe(requests, runTogether(requests)) }
}

function isDelete({ name }: Request): boolean {
  return name === 'delete'
}

function refusal(error: RealtimeError): Reply {
  return { ok: false, error: toFailure(error) }
}
