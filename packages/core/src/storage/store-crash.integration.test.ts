import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout } from 'node:timers/promises'
import { seededRandom } from '@parley/audio/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startPostgres } from '../testing/servers/postgres.ts'
import type { TestServer } from '../testing/servers/server-process.ts'
import type { ContextStore } from './context-store.ts'
import { postgresStore } from './postgres/postgres-store.ts'
import { sqliteStore } from './sqlite/sqlite-store.ts'

/** Reproduces where the processes are killed, not what the operating system does meanwhile. */
const seed = 20_261_123

const kills = { sqlite: 100, postgres: 100, server: 6 }

/**
 * Goes on with four conversations at once and writes each acknowledged revision, unbuffered, before the next. After an
 * error it asks the store where it stands, as a session does.
 */
const appender = `
  import { writeSync } from 'node:fs'
  const [url, options, run] = process.argv.slice(1)
  const made = await import(url)
  const store = await (made.sqliteStore ?? made.postgresStore)(JSON.parse(options))
  for (const lane of ['a', 'b', 'c', 'd']) {
    const id = run + lane
    void (async () => {
      let revision = 0
      for (;;) {
        const count = 1 + (revision % 3)
        const entries = Array.from({ length: count }, (_, index) => ({
          type: 'transcript', itemId: id + '-' + (revision + index + 1), padding: 'x'.repeat((revision * 37) % 5000),
        }))
        try {
          revision = await store.append(id, entries, revision)
          writeSync(1, id + ' ' + revision + '\\n')
        } catch {
          await new Promise((resolve) => setTimeout(resolve, 20))
          revision = await store.load(id).then((context) => context?.revision ?? 0, () => revision)
        }
      }
    })()
  }
`

/** Last acknowledged revision by conversation. */
type Acknowledged = Map<string, number>

let folder: string

function startAppender(module: string, options: object, run: string): ChildProcess {
  return startScript(appender, [new URL(module, import.meta.url).href, JSON.stringify(options), run])
}

function startScript(script: string, args: readonly string[]): ChildProcess {
  return spawn(process.execPath, ['--input-type=module', '--eval', script, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    // Hundreds of processes start faster when the sources are compiled once.
    env: { NODE_COMPILE_CACHE: join(folder, 'compiled') },
  })
}

/** Opens a store and ends well, which is when Node keeps what it has compiled. */
const opener = `
  const [url, options] = process.argv.slice(1)
  const made = await import(url)
  await using store = await (made.sqliteStore ?? made.postgresStore)(JSON.parse(options))
`

/** Reads acknowledgements until `count` of them came, lets `strike` follow, and reads what was still written. */
async function readUntil(child: ChildProcess, count: number, strike: () => unknown): Promise<Acknowledged> {
  if (child.stdout === null) throw new Error('The child has no output.')
  const acknowledged: Acknowledged = new Map()
  let lines = 0
  for await (const line of createInterface({ input: child.stdout })) {
    const [id, revision] = line.split(' ')
    if (id !== undefined && revision !== undefined) acknowledged.set(id, Number(revision))
    lines += 1
    if (lines === count) await strike()
  }
  return acknowledged
}

async function killWithin(child: ChildProcess, random: () => number): Promise<Acknowledged> {
  const exited = once(child, 'exit')
  const acknowledged = await readUntil(child, 1 + Math.floor(random() ** 2 * 60), async () => {
    await setTimeout(random() * 4)
    child.kill('SIGKILL')
  })
  expect(await exited).toEqual([null, 'SIGKILL'])
  return acknowledged
}

/** Every acknowledged revision is there, whole appends only, and each entry is the one written at its place. */
async function check(store: ContextStore, acknowledged: Acknowledged): Promise<number> {
  for (const [id, last] of acknowledged) {
    const context = await store.load(id)
    expect(context?.revision ?? 0).toBeGreaterThanOrEqual(last)
    expect(context?.entries.map(({ revision, entry }) => [revision, entry])).toEqual(
      Array.from({ length: context?.revision ?? 0 }, (_, index) => [
        index + 1,
        expect.objectContaining({ itemId: `${id}-${index + 1}` }),
      ]),
    )
  }
  return [...acknowledged.values()].reduce((sum, revision) => sum + revision, 0)
}

describe(`acknowledged entries, seed ${seed}`, () => {
  let server: TestServer
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'parley-store-'))
    server = await startPostgres({ version: '15' })
    const opened = [
      ['./sqlite/sqlite-store.ts', { path: join(folder, 'opened.db') }],
      ['./postgres/postgres-store.ts', { url: server.url }],
    ] as const
    for (const [module, options] of opened) {
      const url = new URL(module, import.meta.url).href
      expect(await once(startScript(opener, [url, JSON.stringify(options)]), 'exit')).toEqual([0, null])
    }
  })
  afterAll(async () => {
    rmSync(folder, { recursive: true })
    await server[Symbol.asyncDispose]()
  })

  it(`survive ${kills.sqlite} kills of the process that writes to SQLite`, { timeout: 240_000 }, async () => {
    const random = seededRandom(seed)
    const files = ['one', 'two'].map((name) => ({
      path: join(folder, `${name}.db`),
      all: new Map<string, number>(),
    }))
    for (let kill = 0; kill < kills.sqlite; kill += files.length) {
      await Promise.all(
        files.map(async ({ path, all }) => {
          const child = startAppender('./sqlite/sqlite-store.ts', { path }, `run${kill}`)
          for (const [id, revision] of await killWithin(child, random)) all.set(id, revision)
        }),
      )
    }
    // Each process has conversations of its own: what one kill has lost is still missing at the end.
    let entries = 0
    for (const { path, all } of files) {
      await using store = await sqliteStore({ path })
      entries += await check(store, all)
    }
    console.info(`SQLite: ${kills.sqlite} kills, ${entries} entries acknowledged and present, seed ${seed}`)
  })

  it(
    `survive ${kills.postgres} kills of processes that write to PostgreSQL`,
    { timeout: 240_000 },
    async () => {
      const random = seededRandom(seed + 1)
      const options = { url: server.url, poolSize: 3 }
      await using store = await postgresStore(options)
      const all: Acknowledged = new Map()
      for (let kill = 0; kill < kills.postgres; kill += 2) {
        const outcomes = await Promise.all(
          [kill, kill + 1].map((run) =>
            killWithin(startAppender('./postgres/postgres-store.ts', options, `run${run}`), random),
          ),
        )
        for (const acknowledged of outcomes) {
          await check(store, acknowledged)
          for (const [id, revision] of acknowledged) all.set(id, revision)
        }
      }
      const entries = await check(store, all)
      console.info(
        `PostgreSQL: ${kills.postgres} kills, ${entries} entries acknowledged and present, seed ${seed}`,
      )
    },
  )

  it(`survive ${kills.server} kills of the PostgreSQL server`, { timeout: 240_000 }, async () => {
    const random = seededRandom(seed + 2)
    const options = { url: server.url, poolSize: 3 }
    const child = startAppender('./postgres/postgres-store.ts', options, 'server')
    const exited = once(child, 'exit')
    const reading = readUntil(child, Number.POSITIVE_INFINITY, () => undefined)
    for (let kill = 0; kill < kills.server; kill += 1) {
      await setTimeout(100 + random() * 400)
      await server.kill()
      await server.restart()
    }
    await setTimeout(300)
    child.kill('SIGKILL')
    await exited
    await using store = await postgresStore(options)
    const acknowledged = await reading
    expect(acknowledged.size).toBe(4)
    const entries = await check(store, acknowledged)
    console.info(`PostgreSQL: ${kills.server} kills of the server, ${entries} entries present, seed ${seed}`)
  })
})
