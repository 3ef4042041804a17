import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { RealtimeError } from '../../errors.ts'
import { busy, resultCode, toStoreError } from './failures.ts'
import { migrate } from './migrations.ts'
import { describeOwner, removeOwnerNote, writeOwnerNote } from './owner-note.ts'
import { wipeIfDue } from './wipe.ts'

/** How long to wait for a process that is just letting go of the file. */
const lockTimeoutMs = 250

/**
 * Opens the file for this process alone, makes it (readable by its user only) when it is missing, and migrates it.
 * Throws `store_unavailable` that names the file, and the process that holds it when it is locked.
 */
export function openDatabase(path: string): DatabaseSync {
  let database: DatabaseSync | undefined
  try {
    createPrivateFile(path)
    database = new DatabaseSync(path, { timeout: lockTimeoutMs })
    lock(database)
    writeOwnerNote(path)
    migrate(database, path)
    return database
  } catch (error) {
    database?.close()
    if (resultCode(error) !== busy) throw toStoreError(error, path)
    throw new RealtimeError(
      'store_unavailable',
      `The conversation store at ${path} is in use by ${describeOwner(path)}. Stop it, or use another data folder.`,
      { cause: error },
    )
  }
}

/** Overwrites what was deleted, writes what is still in the log into the file, and lets go of it. */
export function closeDatabase(database: DatabaseSync, path: string): void {
  try {
    wipeIfDue(database)
  } catch {
    // It stays noted for the next who opens the file.
  }
  removeOwnerNote(path)
  database.close()
}

function createPrivateFile(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  try {
    closeSync(openSync(path, 'wx', 0o600))
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
  // An existing file is never opened here: closing it would drop this process's lock on it (POSIX fcntl).
  chmodSync(path, 0o600)
}

function lock(database: DatabaseSync): void {
  // Exclusive before the first access: the lock is held for good and the log needs no shared memory.
  database.exec('pragma locking_mode = exclusive')
  database.exec('pragma journal_mode = wal')
  database.exec('pragma synchronous = full')
  database.exec('pragma foreign_keys = on')
  database.exec('pragma secure_delete = on')
  database.exec('begin exclusive; commit')
}
