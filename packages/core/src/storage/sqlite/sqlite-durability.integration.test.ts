import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { sqliteStore } from './sqlite-store.ts'

const storeUrl = new URL('./sqlite-store.ts', import.meta.url).href
const ids = ['a', 'b', 'c', 'd']

/** Goes on with four conversations at once and writes each acknowledged revision, unbuffered, before the next. */
const appender = `
  import { writeSync } from 'node:fs'
  import { sqliteStore } from ${JSON.stringify(storeUrl)}
  const store = await sqliteStore({ path: process.argv[1] })
  writeSync(1, 'open\\n')
  for (const id of ${JSON.stringify(ids)}) {
    let revision = (await store.load(id))?.revision ?? 0
    void (async () => {
      for (;;) {
        const count = 1 + (revision % 3)
        const entries = Array.from({ length: count }, (_, index) => ({
          type: 'transcript', itemId: id + (revision + index + 1), padding: 'x'.repeat(revision % 5000),
        }))
        revision = await store.append(id, entries, revision)
        writeSync(1, id + ' ' + revision + '\\n')
      }
    })()
  }
`

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'parley-store-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

function startAppender(path: string): ChildProcess {
  return runScript(appender, path)
}

function runScript(script: string, path: string): ChildProcess {
  return spawn(process.execPath, ['--input-type=module', '--eval', script, path], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
}

/** Each entry is the one written at its place. */
async function checkStore(path: string): Promise<void> {
  await using store = await sqliteStore({ path })
  for (const id of ids) {
    const context = await store.load(id)
    expect(context?.entries.length ?? 0).toBe(context?.revision ?? 0)
    context?.entries.forEach(({ revision, entry }, index) => {
      expect(revision).toBe(index + 1)
      expect(entry).toMatchObject({ type: 'transcript', itemId: `${id}${revision}` })
    })
  }
}

it('opens after kills at any moment of the first start', async () => {
  for (let attempt = 0; attempt < 10; attempt += 1) {
    const path = join(folder, `start-${attempt}.db`)
    const child = startAppender(path)
    const timer = setTimeout(() => child.kill('SIGKILL'), 40 + Math.random() * 200)
    await once(child, 'exit')
    clearTimeout(timer)
    await checkStore(path)
  }
}, 120_000)

it('is held by one process, whose name the next one is told, and which may be killed', async () => {
  const path = join(folder, 'held.db')
  const child = startAppender(path)
  const killed = once(child, 'exit')
  if (child.stdout === null) throw new Error('The child has no output.')
  await once(child.stdout, 'data')

  await expect(sqliteStore({ path })).rejects.toMatchObject({
    code: 'store_unavailable',
    message: expect.stringContaining(`is in use by process (pid ${child.pid}) on `),
  })
  child.kill('SIGKILL')
  await killed

  await using store = await sqliteStore({ path })
  expect(await store.append('mine', [], 0)).toBe(0)
  expect(JSON.parse(readFileSync(`${path}.owner`, 'utf8'))).toMatchObject({ pid: process.pid })
})

it('lets its process end by itself, and well, once it is disposed of', async () => {
  const script = `
    import { sqliteStore } from ${JSON.stringify(storeUrl)}
    const store = await sqliteStore({ path: process.argv[1] })
    const appended = store.append('a', [{ type: 'transcript', itemId: 'x' }], 0)
    await store[Symbol.asyncDispose]()
    await appended
  `
  const path = join(folder, 'ended.db')
  const child = runScript(script, path)
  expect(await once(child, 'exit')).toEqual([0, null])

  await using store = await sqliteStore({ path })
  expect((await store.load('a'))?.revision).toBe(1)
})
