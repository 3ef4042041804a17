// Finds the PostgreSQL and Redis that the tests start, or gets them from the system's package manager.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { pinnedNode, root, run } from './toolchain.mjs'

const programs = pathToFileURL(join(root, 'packages/core/src/testing/servers/programs.ts'))
const script = `
  import { findProgram, findSystemPostgres, redisPrograms } from '${programs.href}'
  const postgres = findSystemPostgres().map(({ major }) => major)
  console.log(JSON.stringify({ postgres, redis: findProgram(redisPrograms) }))`

/** Sees to it that there are PostgreSQL 15 and Redis to test against, or says what to do and ends. */
export async function provideServers() {
  let found = find()
  if (!complete(found) && spawnSync('apt-get', ['--version']).status === 0) {
    console.log('Installing PostgreSQL and Redis for the tests of the stores ...')
    await apt('update', '-qq')
    if (found.postgres.length === 0) {
      const code = await apt('install', '-y', '-qq', '--no-install-recommends', 'postgresql-15')
      if (code !== 0) await apt('install', '-y', '-qq', '--no-install-recommends', 'postgresql')
    }
    if (!found.redis) await apt('install', '-y', '-qq', '--no-install-recommends', 'redis-server')
    found = find()
  }
  if (found.postgres.length === 0 || !found.redis) {
    console.error(
      'The tests of the stores need PostgreSQL (15 if there is a choice) and Redis or Valkey. ' +
        'Install postgresql-15 and redis-server (apt), postgresql-server and valkey (dnf), or postgresql@15 and ' +
        'redis (brew), and try again. They need not run: the tests start their own.',
    )
    process.exit(1)
  }
  if (!found.postgres.includes(15))
    console.log(`PostgreSQL 15 is not to be had here; the tests for it use ${found.postgres[0]}.`)
}

function find() {
  const { stdout } = spawnSync(pinnedNode, ['--input-type=module', '-e', script], { encoding: 'utf8' })
  return JSON.parse(stdout)
}

function complete({ postgres, redis }) {
  return postgres.length > 0 && redis !== undefined
}

function apt(...args) {
  const sudo = process.getuid?.() === 0 ? [] : ['sudo', '-n']
  const [command, ...rest] = [...sudo, 'apt-get', ...args]
  return run(command, rest, { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } })
}
