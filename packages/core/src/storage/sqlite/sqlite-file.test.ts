import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ContextEntry, ContextStore } from '../context-store.ts'
import { closeDatabase, openDatabase } from './database.ts'
import { schemaVersion } from './migrations.ts'
import { sqliteStore } from './sqlite-store.ts'

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'parley-store-'))
  path = join(folder, 'data', 'conversations.db')
})
afterEach(() => rmSync(folder, { recursive: true }))

function said(text: string): ContextEntry {
  const content = [{ type: 'input_text' as const, text }]
  return {
    type: 'item',
    previousItemId: 'end',
    item: { id: text.slice(0, 8), type: 'message', role: 'user', content },
  }
}

async function makeStore(): Promise<void> {
  await using store = await sqliteStore({ path })
  await store.append('conv', [said('one'), said('two')], 0)
}

/** Changes the closed file behind the store's back. */
function tamper(sql: string): void {
  const database = new DatabaseSync(path)
  database.exec(sql)
  database.close()
}

async function failureOf(outcome: Promise<unknown>): Promise<Error> {
  return outcome.then(
    () => expect.unreachable('It was expected to fail.'),
    (error: Error) => error,
  )
}

describe('the file of a SQLite store', () => {
  it('is synchronised with the disk by every commit', () => {
    const database = openDatabase(path)
    expect(database.prepare('pragma synchronous').get()).toEqual({ synchronous: 2 })
    expect(database.prepare('pragma journal_mode').get()).toEqual({ journal_mode: 'wal' })
    closeDatabase(database, path)
  })

  it('is for its user alone, and so is the folder made for it', async () => {
    await using store = await sqliteStore({ path })
    await store.append('conv', [said('one')], 0)
    const mode = (file: string) => (statSync(file).mode & 0o777).toString(8)
    expect(mode(join(folder, 'data'))).toBe('700')
    const files = readdirSync(join(folder, 'data'))
    expect(files.toSorted()).toEqual(['conversations.db', 'conversations.db-wal', 'conversations.db.owner'])
    for (const file of files) expect(mode(join(folder, 'data', file))).toBe('600')
  })

  it('is made private when it was readable by others', async () => {
    mkdirSync(join(folder, 'data'))
    writeFileSync(path, '', { mode: 0o644 })
    await makeStore()
    expect(statSync(path).mode & 0o777).toBe(0o600)
  })

  it('holds no byte of a deleted conversation, nor does its log', async () => {
    await using store = await sqliteStore({ path })
    const files = () =>
      readdirSync(join(folder, 'data')).map((file) => readFileSync(join(folder, 'data', file)))
    const holds = (text: string) => files().some((bytes) => bytes.includes(text))
    await growTogether(store, ['doomed', 'kept', 'other'])
    await store.list({ limit: 10 })
    expect(holds('secret-of-doomed')).toBe(true)

    expect(await store.delete('doomed')).toBe(true)

    expect(holds('doomed')).toBe(false)
    expect(holds('secret-of-kept')).toBe(true)
    expect((await store.load('kept'))?.revision).toBe(300)
  })

  it('holds no byte of a deleted item or a purged conversation once it is closed, nor of their sound', async () => {
    const time = { now: 1000 }
    const sound = { contentIndex: 0, mediaType: 'audio/wav', durationMs: 1 }
    const bytes = (text: string) => new TextEncoder().encode(text.repeat(2000))
    {
      await using store = await sqliteStore({ path, now: () => time.now })
      await growTogether(store, ['purged', 'kept', 'other'])
      await store.list({ limit: 10 })
      await store.putAudio('kept', { ...sound, itemId: 'secret-item', bytes: bytes('secret-sound') })
      await store.putAudio('purged', { ...sound, itemId: 'a', bytes: bytes('purged-sound') })
      await store.append('kept', [said('secret-item'), { type: 'deleted', itemId: 'secret-i' }], 300)
      await store.append('kept', [{ type: 'deleted', itemId: 'secret-item' }], 302)
      await store.setRetention('purged', 1)
      time.now = 100_000
      expect(await store.purge(10)).toEqual(['purged'])
    }
    const [file] = readdirSync(join(folder, 'data')).map((name) => readFileSync(join(folder, 'data', name)))
    expect(file?.includes('secret-of-kept')).toBe(true)
    for (const text of ['purged', 'secret-sound', 'purged-sound', '"text":"secret-item"'])
      expect([text, file?.includes(text)]).toEqual([text, false])
  })

  it('leaves nothing but itself behind when the store is disposed of', async () => {
    await makeStore()
    expect(readdirSync(join(folder, 'data'))).toEqual(['conversations.db'])
  })
})

/** Conversations whose entries lie between each other, from a few bytes to several pages. */
async function growTogether(store: ContextStore, ids: readonly string[]): Promise<void> {
  for (let revision = 0; revision < 300; revision += 1) {
    const filling = 'x'.repeat((revision * 7919) % 12_000)
    await Promise.all(
      ids.map((id) => store.append(id, [said(`${filling} secret-of-${id} ${filling}`)], revision)),
    )
  }
}

describe('opening a SQLite store', () => {
  it('keeps what a Parley of schema 1 has written, and erases what it had only marked as deleted', async () => {
    mkdirSync(join(folder, 'data'))
    copyFileSync(new URL('__fixtures__/schema-1.sqlite', import.meta.url), path)
    await using store = await sqliteStore({ path })
    const { contexts } = await store.list({ limit: 10 })
    expect(contexts).toEqual([
      {
        id: 'conv_2',
        revision: 1,
        createdAt: 2000,
        updatedAt: 2000,
        itemCount: 1,
        title: 'Wie spät ist es?',
      },
      { id: 'conv_1', revision: 4, createdAt: 1000, updatedAt: 1500, itemCount: 1, title: 'Hello there' },
    ])
    const context = await store.load('conv_1')
    expect(context?.entries.map(({ revision, at, entry }) => [revision, at, entry.type])).toEqual([
      [1, 1000, 'item'],
      [2, 1000, 'transcript'],
      [3, 1500, 'erased'],
      [4, 1500, 'deleted'],
    ])
    expect(await store.append('conv_1', [said('more')], 4)).toBe(5)
    expect(await store.setRetention('conv_2', 60)).toBe(true)
    expect(await store.delete('conv_1')).toBe(true)
  })

  it('is refused while this process holds the file, which the error names', async () => {
    await using store = await sqliteStore({ path })
    await store.append('conv', [], 0)
    const error = await failureOf(sqliteStore({ path }))
    expect(error).toMatchObject({ code: 'store_unavailable' })
    expect(error.message).toContain(path)
    expect(error.message).toContain(`this process (pid ${process.pid})`)
    expect(await store.append('conv', [said('still here')], 0)).toBe(1)
  })

  it('is refused for a file of a newer Parley', async () => {
    await makeStore()
    tamper(`insert into parley_migrations (version) values (${schemaVersion + 1})`)
    const error = await failureOf(sqliteStore({ path }))
    expect(error).toMatchObject({ code: 'store_unavailable' })
    expect(error.message).toContain(path)
    expect(error.message).toContain(`schema version ${schemaVersion + 1}`)
  })

  it('is refused for the database of something else, which stays as it was', async () => {
    mkdirSync(join(folder, 'data'))
    tamper('create table recipes (name text)')
    const error = await failureOf(sqliteStore({ path }))
    expect(error).toMatchObject({ code: 'store_unavailable' })
    expect(error.message).toContain(`${path} is not a conversation store`)
    const database = new DatabaseSync(path)
    expect(database.prepare('select name from sqlite_master').all()).toEqual([{ name: 'recipes' }])
    database.close()
  })

  it('is refused for a file that is no database', async () => {
    mkdirSync(join(folder, 'data'))
    writeFileSync(path, 'Dear diary, '.repeat(1000))
    const error = await failureOf(sqliteStore({ path }))
    expect(error).toMatchObject({ code: 'store_unavailable' })
    expect(error.message).toContain(`${path} is not a conversation store`)
    expect(readFileSync(path, 'utf8')).toMatch(/^Dear diary/)
  })

  it('is refused where no file can be made', async () => {
    writeFileSync(join(folder, 'data'), 'a file, not a folder')
    const error = await failureOf(sqliteStore({ path }))
    expect(error).toMatchObject({ code: 'store_unavailable' })
    expect(error.message).toContain(path)
  })
})

describe('a damaged SQLite store', () => {
  it.each([
    ['that is cut short', `{"type":"item","item":{"text":"secret`],
    ['that is no entry', `{"secret":"secret"}`],
    ['without an item', `{"type":"item","item":"secret"}`],
  ])('names the file and the revision of a text %s, and quotes nothing', async (_kind, text) => {
    await makeStore()
    tamper(`update entries set entry = '${text}' where revision = 2`)
    await using store = await sqliteStore({ path })
    for (const error of [await failureOf(store.load('conv')), await failureOf(store.list({ limit: 1 }))]) {
      expect(error).toMatchObject({ code: 'store_unavailable', cause: undefined })
      expect(error.message).toContain(`${path} is damaged: revision 2`)
      expect(error.message).not.toContain('secret')
    }
  })

  it('refuses a conversation with a gap in its log', async () => {
    await makeStore()
    tamper('delete from entries where revision = 1')
    await using store = await sqliteStore({ path })
    expect((await failureOf(store.load('conv'))).message).toContain('is damaged: revision 1')
  })

  it('names the file when pages of it are overwritten', async () => {
    await makeStore()
    const bytes = readFileSync(path)
    writeFileSync(path, bytes.fill(0x55, 4096))
    const outcome = sqliteStore({ path }).then(async (opened) => {
      await using store = opened
      await store.load('conv')
    })
    const error = await failureOf(outcome)
    expect(error).toMatchObject({ code: 'store_unavailable' })
    expect(error.message).toContain(`${path} is damaged`)
  })
})

describe('the queue of a SQLite store', () => {
  it('refuses calls beyond its limit and finishes those within', async () => {
    await using store = await sqliteStore({ path, maxQueued: 2 })
    const ids = ['runs', 'waits', 'waits too', 'too many']
    const outcomes = await Promise.allSettled(ids.map((id) => store.append(id, [said(id)], 0)))
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled', 'rejected'])
    expect(outcomes[3]).toMatchObject({ reason: { code: 'store_unavailable' } })
    expect(await store.append('too many', [said('later')], 0)).toBe(1)
  })
})
