import { execFileSync, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { findPostgres, startPostgres } from './postgres.ts'
import { startRedis } from './redis.ts'
import type { TestServer } from './server-process.ts'

const psql = existsSync('/usr/bin/psql') ? '/usr/bin/psql' : 'psql'

function query(server: TestServer, sql: string): string {
  return execFileSync(psql, [server.url, '-At', '-c', sql], { encoding: 'utf8' }).trim()
}

async function accepts({ port }: Pick<TestServer, 'port'>): Promise<boolean> {
  const socket = connect(port, '127.0.0.1')
  try {
    await once(socket, 'connect')
    return true
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}

async function redis(server: TestServer, ...commands: readonly string[]): Promise<string> {
  const socket = connect(server.port, '127.0.0.1')
  await once(socket, 'connect')
  const { password } = new URL(server.url)
  socket.write(`AUTH ${password}\r\n${commands.map((command) => `${command}\r\n`).join('')}QUIT\r\n`)
  let said = ''
  for await (const chunk of socket) said += String(chunk)
  return said
}

describe.each(['15', 'newest'] as const)('PostgreSQL %s', (version) => {
  it('keeps what was committed over a kill, and syncs every commit', async () => {
    await using server = await startPostgres({ version })
    expect(query(server, 'show server_version')).toContain(server.version)
    expect(query(server, "select current_setting('fsync') || current_setting('synchronous_commit')")).toBe(
      'onon',
    )
    query(server, 'create table said (words text)')
    query(server, "insert into said values ('hello')")

    const busy = spawn(psql, [server.url, '-c', 'select pg_sleep(60)'], { stdio: 'ignore' })
    await vi.waitFor(() =>
      expect(query(server, "select count(*) from pg_stat_activity where query like '%sleep%'")).toBe('2'),
    )

    const over = once(busy, 'exit')
    await server.kill()
    await over
    expect(await accepts(server)).toBe(false)
    await server.restart()

    expect(query(server, 'select words from said')).toBe('hello')
  })

  it('hangs while it is frozen, with the connections it has', async () => {
    await using server = await startPostgres({ version })
    const client = spawn(psql, [server.url, '-At'], { stdio: ['pipe', 'pipe', 'ignore'] })
    client.stdin.write('select 1;\n')
    await once(client.stdout, 'data')

    server.freeze()
    client.stdin.end('select 2;\n')
    const answer = once(client.stdout, 'data').then(String)
    expect(await Promise.race([answer, setTimeout(300, 'silence')])).toBe('silence')

    server.thaw()
    expect(await answer).toContain('2')
  })

  it('stops in order and starts again on its port', async () => {
    await using server = await startPostgres({ version })

    await server.stop()
    expect(await accepts(server)).toBe(false)
    await server.restart()

    expect(query(server, 'select 1')).toBe('1')
  })
})

it('has two versions of PostgreSQL to test against', async () => {
  const [oldest, newest] = await Promise.all([findPostgres('15'), findPostgres('newest')])

  expect(Number.parseInt(oldest.version, 10)).toBeLessThan(Number.parseInt(newest.version, 10))
})

describe('Redis', () => {
  it('keeps what was written over a kill', async () => {
    await using server = await startRedis()
    await redis(server, 'SET said hello')

    await server.kill()
    expect(await accepts(server)).toBe(false)
    await server.restart()

    expect(await redis(server, 'GET said')).toContain('hello')
  })

  it('answers nothing while it is frozen, and all of it after', async () => {
    await using server = await startRedis()
    server.freeze()
    const answer = redis(server, 'PING')

    expect(await Promise.race([answer, setTimeout(300, 'silence')])).toBe('silence')
    server.thaw()
    expect(await answer).toContain('+PONG')
  })

  it('leaves nothing behind', async () => {
    const server = await startRedis()
    expect(existsSync(server.folder)).toBe(true)

    await server[Symbol.asyncDispose]()

    expect(existsSync(server.folder)).toBe(false)
    expect(await accepts(server)).toBe(false)
  })

  it('ends with the process that started it, even one that was killed', async () => {
    const script = `
      import { startRedis } from ${JSON.stringify(new URL('redis.ts', import.meta.url).href)}
      const { port, folder } = await startRedis()
      console.log(JSON.stringify({ port, folder }))
      setInterval(() => {}, 1000)`
    const child = spawn(process.execPath, ['--input-type=module', '-e', script])
    const [line] = await once(child.stdout, 'data')
    const { port, folder } = z
      .object({ port: z.number(), folder: z.string() })
      .parse(JSON.parse(String(line)))

    child.kill('SIGKILL')
    await once(child, 'exit')

    await vi.waitFor(() => expect(existsSync(folder)).toBe(false), { timeout: 10_000 })
    expect(await accepts({ port })).toBe(false)
  })
})
