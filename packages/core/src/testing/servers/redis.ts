import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chown, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { findProgram, redisPrograms } from './programs.ts'
import { startServer } from './server-process.ts'
import type { TestServer } from './server-process.ts'

/**
 * Starts the system's Redis or Valkey on loopback with a password in its `url`. Every write is synced to disk, so data
 * outlive `kill` and `restart`. Throws with what to install where there is neither.
 */
export async function startRedis(): Promise<TestServer> {
  const command = findProgram(redisPrograms)
  if (command === undefined) {
    throw new Error(
      'There is no Redis: install redis-server or valkey-server (apt), redis or valkey (dnf, brew).',
    )
  }
  const password = randomBytes(12).toString('hex')
  const said = execFileSync(command, ['--version'], { encoding: 'utf8' })
  return startServer({
    name: 'redis',
    command,
    version: /v=([\d.]+)/.exec(said)?.[1] ?? said.trim(),
    async prepare(folder, account) {
      const path = join(folder, 'redis.conf')
      const lines = [
        'bind 127.0.0.1',
        'appendonly yes',
        'appendfsync always',
        'save ""',
        `requirepass ${password}`,
      ]
      await writeFile(path, `${lines.join('\n')}\n`, { mode: 0o600 })
      if (account !== undefined) await chown(path, account.uid, account.gid)
    },
    args: (folder, port) => [join(folder, 'redis.conf'), '--port', String(port), '--dir', folder],
    ready: /Ready to accept connections/,
    stopSignal: 'SIGTERM',
    url: (port) => `redis://:${password}@127.0.0.1:${port}`,
  })
}
