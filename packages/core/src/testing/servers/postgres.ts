import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chown, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { packagedPostgres } from './packaged-postgres.ts'
import { findSystemPostgres } from './programs.ts'
import { runAs, startServer } from './server-process.ts'
import type { TestServer } from './server-process.ts'

/** Which PostgreSQL: the oldest we support or the newest there is. */
export type PostgresVersion = '15' | 'newest'

/** Programs of a PostgreSQL server. */
export interface PostgresPrograms {
  readonly bin: string
  /** For example `15.19`. */
  readonly version: string
}

const initOptions = ['--username=parley', '--auth=scram-sha-256', '--encoding=UTF8', '--locale=C']

const settings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: 200,
  shared_buffers: '32MB',
  fsync: 'on',
  synchronous_commit: 'on',
}

const file = process.platform === 'win32' ? '.exe' : ''

/**
 * PostgreSQL as asked: the newest from its npm package, else of the system; 15 of the system, and where that has
 * another version only, the oldest it has. Throws with what to install where there is none.
 */
export async function findPostgres(wanted: PostgresVersion): Promise<PostgresPrograms> {
  const system = findSystemPostgres()
  const bin =
    wanted === 'newest'
      ? ((await packagedPostgres()) ?? system.at(-1)?.bin)
      : (system.find(({ major }) => major === 15) ?? system.at(0))?.bin
  if (bin === undefined) {
    throw new Error(
      wanted === 'newest'
        ? 'There is no PostgreSQL: install the optional packages of this repository (npm test does), or PostgreSQL.'
        : 'There is no PostgreSQL server: install postgresql-15, or postgresql (apt, dnf), postgresql@15 (brew).',
    )
  }
  const said = execFileSync(join(bin, `postgres${file}`), ['--version'], { encoding: 'utf8' })
  return { bin, version: /\d+(\.\d+)?/.exec(said)?.[0] ?? said.trim() }
}

/**
 * Starts a PostgreSQL server with fsync and synchronous commits on, on loopback, with a password in its `url`, an
 * empty database and a superuser `parley`. Takes about a second.
 */
export async function startPostgres({
  version = 'newest',
}: { version?: PostgresVersion } = {}): Promise<TestServer> {
  const programs = await findPostgres(version)
  const password = randomBytes(12).toString('hex')
  const at = (folder: string): string => join(folder, 'data')
  return startServer({
    name: 'postgresql',
    command: join(programs.bin, `postgres${file}`),
    version: programs.version,
    async prepare(folder, account) {
      const passwordFile = join(folder, 'password')
      await writeFile(passwordFile, password, { mode: 0o600 })
      if (account !== undefined) await chown(passwordFile, account.uid, account.gid)
      await runAs(account, {
        command: join(programs.bin, `initdb${file}`),
        args: ['-D', at(folder), '--pwfile', passwordFile, '--no-sync', ...initOptions],
      })
      await rm(passwordFile)
    },
    args: (folder, port) => [
      '-D',
      at(folder),
      ...Object.entries({ ...settings, port }).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ],
    ready: /database system is ready to accept connections/,
    // Fast shutdown: transactions are rolled back and clients sent away.
    stopSignal: 'SIGINT',
    url: (port) => `postgres://parley:${password}@127.0.0.1:${port}/postgres`,
  })
}
