import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startPostgres } from '../../testing/servers/postgres.ts'
import type { TestServer } from '../../testing/servers/server-process.ts'
import { sound } from '../../testing/store-laws/audio-laws.ts'
import { kindsOfEntries } from '../../testing/store-laws/scene.ts'
import type { ContextEntry } from '../context-store.ts'
import { type CopyProgress, copyStore } from '../copy-store.ts'
import { sqliteStore } from '../sqlite/sqlite-store.ts'
import { schemaVersion } from './migrations.ts'
import { postgresStore } from './postgres-store.ts'

let server: TestServer
beforeAll(async () => {
  server = await startPostgres({ version: 'newest' })
})
afterAll(async () => server[Symbol.asyncDispose]())

let schemas = 0

function newSchema(): string {
  schemas += 1
  return `test_${schemas}`
}

function said(text: string): ContextEntry {
  return { type: 'transcript', itemId: 'item', contentIndex: 0, transcript: text }
}

async function query(sql: string): Promise<readonly Record<string, unknown>[]> {
  const client = new Client(server.url)
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows
  } finally {
    await client.end()
  }
}

async function failureOf(outcome: Promise<unknown>): Promise<Error> {
  return outcome.then(
    () => expect.unreachable('It was expected to fail.'),
    (error: Error) => error,
  )
}

function password(): string {
  return new URL(server.url).password
}

describe('opening a PostgreSQL store', () => {
  it('migrates once when several processes start at the same time', async () => {
    const schema = newSchema()
    const stores = await Promise.all(
      Array.from({ length: 8 }, async () => postgresStore({ url: server.url, schema, poolSize: 1 })),
    )
    expect(await query(`select version::int from ${schema}.parley_migrations order by version`)).toEqual(
      Array.from({ length: schemaVersion }, (_, index) => ({ version: index + 1 })),
    )
    await Promise.all(stores.map(async (store) => store[Symbol.asyncDispose]()))
  })

  it('is refused for a schema of a newer Parley, at once', async () => {
    const schema = newSchema()
    await (await postgresStore({ url: server.url, schema }))[Symbol.asyncDispose]()
    await query(`insert into ${schema}.parley_migrations (version) values (${schemaVersion + 1})`)
    const error = await failureOf(postgresStore({ url: server.url, schema }))
    expect(error).toMatchObject({ code: 'store_unavailable' })
    expect(error.message).toContain(`schema version ${schemaVersion + 1}`)
  })

  it('is refused for a wrong password or database, which the error does not quote', async () => {
    const wrong = new URL(server.url)
    wrong.password = 'mistyped'
    const error = await failureOf(postgresStore({ url: wrong.href }))
    expect(error).toMatchObject({ code: 'store_unavailable', cause: undefined })
    expect(error.message).toContain(`127.0.0.1:${server.port}`)
    expect(error.message).toContain('check name and password')
    expect(error.message).not.toMatch(/mistyped|parley:/)

    const elsewhere = new URL(server.url)
    elsewhere.pathname = '/nowhere'
    const missing = await failureOf(postgresStore({ url: elsewhere.href }))
    expect(missing.message).toContain('has no database of that name')
    expect(missing.message).not.toContain(password())
  })

  it('is refused where TLS is asked of a server that has none', async () => {
    const error = await failureOf(postgresStore({ url: `${server.url}?sslmode=verify-full` }))
    expect(error.message).toContain('does not speak TLS')
  })

  it('waits for a server that is not there yet, and not for ever', async () => {
    await server.stop()
    const late = await failureOf(postgresStore({ url: server.url, startTimeoutMs: 300 }))
    expect(late.message).toContain('cannot be reached')
    expect(late.message).not.toContain(password())
    const opening = postgresStore({ url: server.url, schema: newSchema() })
    await server.restart()
    await using store = await opening
    expect(await store.append('conv', [said('x')], 0)).toBe(1)
  })
})

describe('moving from SQLite to PostgreSQL', () => {
  it('brings everything over, every character of it, and goes on where it was stopped', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'parley-store-'))
    try {
      await using from = await sqliteStore({ path: join(folder, 'conversations.db') })
      for (let index = 0; index < 40; index += 1) {
        await from.append(`conv_${index}`, kindsOfEntries, 0, { createdAt: index, entries: [index] })
        await from.putAudio(`conv_${index}`, sound('item_1', index % 3))
        await from.append(`conv_${index}`, [{ type: 'deleted', itemId: 'item_2' }], kindsOfEntries.length)
        await from.setRetention(`conv_${index}`, 60 + index)
      }
      await from.facts.put('ada', { id: 'a', text: 'Grüße \0 \ud800', conversationId: 'conv_1' })
      await using to = await postgresStore({ url: server.url, schema: newSchema() })
      const stop = new AbortController()
      const onProgress = ({ conversations }: CopyProgress) => conversations === 10 && stop.abort()
      await expect(copyStore(from, to, { signal: stop.signal, onProgress })).rejects.toThrow()
      expect(await copyStore(from, to)).toMatchObject({ conversations: 40, sounds: 40, people: 1 })
      for (let index = 0; index < 40; index += 1) {
        expect(await to.load(`conv_${index}`)).toEqual(await from.load(`conv_${index}`))
        const part = sound('item_1', index % 3)
        expect(await to.loadAudio(`conv_${index}`, part)).toEqual(part)
      }
      expect(await to.list({ limit: 100 })).toEqual(await from.list({ limit: 100 }))
      expect(await to.facts.list('ada')).toEqual(await from.facts.list('ada'))
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})

describe('a PostgreSQL store', () => {
  it('lets one of two processes win a revision', async () => {
    const schema = newSchema()
    await using one = await postgresStore({ url: server.url, schema })
    await using two = await postgresStore({ url: server.url, schema })
    for (let revision = 0; revision < 20; revision += 1) {
      const outcomes = await Promise.allSettled(
        [one, two, one, two].map(async (store, index) => store.append('conv', [said(`${index}`)], revision)),
      )
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
      for (const outcome of outcomes) {
        if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'revision_conflict' })
      }
    }
    expect((await two.load('conv'))?.revision).toBe(20)
  })

  it('goes on after the server was restarted, and after it was killed', async () => {
    await using store = await postgresStore({ url: server.url, schema: newSchema() })
    await store.append('conv', [said('a')], 0)
    await server.restart()
    expect(await store.append('conv', [said('b')], 1)).toBe(2)
    await server.kill()
    const error = await failureOf(store.append('conv', [said('c')], 2))
    expect(error).toMatchObject({ code: 'store_unavailable' })
    await server.restart()
    expect(await store.append('conv', [said('c')], 2)).toBe(3)
    expect((await store.load('conv'))?.entries).toHaveLength(3)
  })

  it('gives up on a server that hangs', async () => {
    await using store = await postgresStore({ url: server.url, schema: newSchema(), timeoutMs: 400 })
    await store.append('conv', [said('a')], 0)
    server.freeze()
    try {
      const outcomes = await Promise.allSettled(
        Array.from({ length: 20 }, async () => store.append('conv', [said('b')], 1)),
      )
      for (const outcome of outcomes)
        expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'store_unavailable' } })
    } finally {
      server.thaw()
    }
    // What was under way may have come through.
    const revision = (await store.load('conv'))?.revision ?? 0
    expect(await store.append('conv', [said('c')], revision)).toBe(revision + 1)
  })

  it('gives up on a lock somebody else holds, and does not keep others waiting', async () => {
    const schema = newSchema()
    await using store = await postgresStore({ url: server.url, schema, timeoutMs: 400 })
    await store.append('locked', [said('a')], 0)
    const other = new Client(server.url)
    await other.connect()
    try {
      await other.query(`begin; update ${schema}.contexts set title = 'x'`)
      const blocked = failureOf(store.append('locked', [said('b')], 1))
      expect(await store.append('free', [said('a')], 0)).toBe(1)
      expect((await blocked).message).toContain('took too long')
    } finally {
      await other.end()
    }
    expect(await store.append('locked', [said('b')], 1)).toBe(2)
  })

  it('refuses calls beyond its limit and finishes those within', async () => {
    await using store = await postgresStore({ url: server.url, schema: newSchema(), maxQueued: 3 })
    const outcomes = await Promise.allSettled(
      ['a', 'b', 'c', 'd'].map(async (id) => store.append(id, [said(id)], 0)),
    )
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled', 'rejected'])
    expect(outcomes[3]).toMatchObject({ reason: { code: 'store_unavailable' } })
  })
})
