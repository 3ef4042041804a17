import { existsSync, readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const usualFolders = ['/usr/bin', '/usr/sbin', '/usr/local/bin', '/usr/local/sbin', '/opt/homebrew/bin']

/** Servers that speak the Redis protocol. */
export const redisPrograms = ['redis-server', 'valkey-server'] as const

/** Path of the first of the programs that is on the PATH or in a usual folder. */
export function findProgram(names: readonly string[]): string | undefined {
  // oxlint-disable-next-line node/no-process-env -- It says where programs are.
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), ...usualFolders]
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => existsSync(path))
}

/** A PostgreSQL of the system: its folder of programs and its major version. */
export interface SystemPostgres {
  readonly bin: string
  readonly major: number
}

/** Where packages for each system put PostgreSQL: a folder of folders, and how a version's folder is called there. */
const postgresPlaces: readonly (readonly [string, RegExp])[] = [
  ['/usr/lib/postgresql', /^(\d+)$/],
  ['/usr', /^pgsql-(\d+)$/],
  ['/opt/homebrew/opt', /^postgresql@(\d+)$/],
  ['/usr/local/opt', /^postgresql@(\d+)$/],
  ['/Applications/Postgres.app/Contents/Versions', /^(\d+)$/],
  ['C:\\Program Files\\PostgreSQL', /^(\d+)$/],
]

/** Every PostgreSQL server of the system, oldest first. */
export function findSystemPostgres(): readonly SystemPostgres[] {
  const found = postgresPlaces.flatMap(([folder, pattern]) =>
    (existsSync(folder) ? readdirSync(folder) : []).flatMap((name) => {
      const major = Number(pattern.exec(name)?.[1] ?? Number.NaN)
      const bin = join(folder, name, 'bin')
      const there = existsSync(join(bin, 'initdb')) || existsSync(join(bin, 'initdb.exe'))
      return there ? [{ bin, major }] : []
    }),
  )
  return found.toSorted((one, other) => one.major - other.major)
}
