import type { DatabaseSync } from 'node:sqlite'

/** Shortest wait between a deletion and its wipe (ms); what is deleted meanwhile is wiped with it. */
const minDelayMs = 1000
/** A wipe of a large file takes long and holds everybody up, so the next one waits so many times as long. */
const restFactor = 20

/** Notes in the file, with what is committed, that bytes of deleted rows are still in it. */
export function markForWipe(database: DatabaseSync): void {
  database.exec('pragma user_version = 1')
}

/**
 * Leaves no byte of deleted rows in the file or its log. `secure_delete` alone does not: a page that was split or
 * merged keeps old copies of its rows, so the file is written anew, which takes time in proportion to its size.
 */
function wipeDeleted(database: DatabaseSync): void {
  database.exec('vacuum')
  const outcome = database.prepare('pragma wal_checkpoint(truncate)').get()
  if (outcome?.['busy'] !== 0) throw new Error('the write-ahead log could not be emptied')
  database.exec('pragma user_version = 0')
}

/** Wipes when something is noted, also by a process that was killed before it came to it. */
export function wipeIfDue(database: DatabaseSync): void {
  if (isDue(database)) wipeDeleted(database)
}

/** Wipes now and then while the database is open. */
export interface WipeSchedule {
  /** To be called after each deletion: a wipe follows when one is due. */
  check(): void
  stop(): void
}

/** Makes the schedule of one open database. A wipe that fails is tried again. */
export function createWipeSchedule(database: DatabaseSync): WipeSchedule {
  let timer: NodeJS.Timeout | undefined
  let delayMs = minDelayMs

  function run(): void {
    timer = undefined
    const start = performance.now()
    try {
      wipeIfDue(database)
    } catch {
      // A full disk, for example: what is noted stays noted.
    }
    delayMs = Math.max(minDelayMs, restFactor * (performance.now() - start))
    check()
  }

  function check(): void {
    if (timer === undefined && isDue(database)) timer = setTimeout(run, delayMs)
  }

  check()
  return { check, stop: () => clearTimeout(timer) }
}

function isDue(database: DatabaseSync): boolean {
  return database.prepare('pragma user_version').get()?.['user_version'] !== 0
}
