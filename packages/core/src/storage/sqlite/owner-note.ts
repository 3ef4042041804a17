import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'

/**
 * The database itself is locked by the operating system, which lets go when its process dies, however it dies.
 * This note beside it only says who holds the lock.
 */
export function writeOwnerNote(path: string): void {
  const owner: Owner = { pid: process.pid, host: hostname(), startedAt: new Date().toISOString() }
  writeFileSync(notePath(path), JSON.stringify(owner), { mode: 0o600 })
  chmodSync(notePath(path), 0o600)
}

/** Takes the note away; for the holder of the lock only. */
export function removeOwnerNote(path: string): void {
  rmSync(notePath(path), { force: true })
}

/** Names the process that holds the database, as far as the note is to be believed. */
export function describeOwner(path: string): string {
  const owner = readOwner(path)
  if (owner === undefined || isGone(owner)) return 'another process'
  const own = owner.pid === process.pid && owner.host === hostname()
  return `${own ? 'this process' : 'process'} (pid ${owner.pid}) on ${owner.host}, since ${owner.startedAt}`
}

interface Owner {
  readonly pid: number
  readonly host: string
  /** ISO 8601. */
  readonly startedAt: string
}

function notePath(path: string): string {
  return `${path}.owner`
}

function readOwner(path: string): Owner | undefined {
  try {
    const note: unknown = JSON.parse(readFileSync(notePath(path), 'utf8'))
    return isOwner(note) ? note : undefined
  } catch {
    return undefined
  }
}

function isOwner(value: unknown): value is Owner {
  if (typeof value !== 'object' || value === null) return false
  if (!('pid' in value && 'host' in value && 'startedAt' in value)) return false
  return Number.isInteger(value.pid) && typeof value.host === 'string' && typeof value.startedAt === 'string'
}

/** A note of a killed process may still lie there while the next holder has not written its own. */
function isGone({ pid, host }: Owner): boolean {
  if (host !== hostname()) return false
  try {
    process.kill(pid, 0)
    return false
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH'
  }
}
