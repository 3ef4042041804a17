import { existsSync, mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sqliteStore } from '@parley/core/storage'
import { postgresStore } from '@parley/core/storage/postgres'
import { startPostgres } from '@parley/core/testing'
import { describe, expect, it } from 'vitest'
import { CliProcess, runCli } from '../testing/run-cli.ts'

const folder = (): string => mkdtempSync(join(tmpdir(), 'parley-cli-store-'))

/** A file with conversations `conv_0 ...`, the first with sound and a retention time, and a person. */
async function filledFile(count: number): Promise<string> {
  const path = join(folder(), 'conversations.sqlite')
  await using store = await sqliteStore({ path })
  for (let number = 0; number < count; number += 1) {
    const item = {
      id: `item_${number}`,
      type: 'message' as const,
      role: 'user' as const,
      content: [{ type: 'input_text' as const, text: `Question ${number}` }],
    }
    await store.append(`conv_${number}`, [{ type: 'item', item, previousItemId: null }], 0, {
      createdAt: 1000,
      entries: [2000],
    })
  }
  const bytes = new Uint8Array([1, 2, 3])
  const sound = { itemId: 'item_0', contentIndex: 0, mediaType: 'audio/wav', durationMs: 1, bytes }
  await store.putAudio('conv_0', sound)
  await store.setRetention('conv_0', 3_000_000_000)
  await store.facts.put('person_1', { id: 'fact_1', text: 'Likes tea', conversationId: undefined })
  return path
}

describe('parley store move', () => {
  it('moves everything, says how far it is, and may be run again', async () => {
    const path = await filledFile(40)
    await using server = await startPostgres()
    const args = ['store', 'move', '--to', server.url, '--from', path]

    const { code, stdout, stderr } = await runCli([...args, '--json'])
    expect([code, stderr]).toEqual([0, ''])
    const lines = stdout
      .trim()
      .split('\n')
      .map((line): unknown => JSON.parse(line))
    const whole = { total: 40, conversations: 40, skipped: 0, entries: 40, sounds: 1, bytes: 3, people: 1 }
    expect(lines.at(-1)).toEqual({ state: 'moved', ...whole })
    expect(lines[0]).toEqual({ state: 'begun', total: 40, present: 0 })
    expect(lines[1]).toMatchObject({ state: 'moving', total: 40 })

    const again = await runCli(args)
    expect(again.code).toBe(0)
    expect(again.stdout).toContain('Moved 40 of 40 conversations (100 %), 40 of them there already')
    expect(again.stderr).toMatch(/postgres holds 40 conversations already\. Those that are the same are left/)
    expect(again.stderr).toContain('No conversation was left to copy.')
    expect(again.stdout + again.stderr).not.toContain(new URL(server.url).password)

    await using store = await postgresStore({ url: server.url })
    expect(await store.load('conv_0')).toMatchObject({
      createdAt: 1000,
      updatedAt: 2000,
      retentionSeconds: 3_000_000_000,
      entries: [{ at: 2000, entry: { item: { id: 'item_0' } } }],
    })
    expect(await store.listAudio('conv_0')).toHaveLength(1)
    expect(await store.facts.list('person_1')).toMatchObject([{ text: 'Likes tea' }])
  })

  it('goes on after Ctrl-C where it was stopped', async () => {
    const path = await filledFile(400)
    await using server = await startPostgres()
    const args = ['store', 'move', '--to', server.url, '--from', path]
    const first = new CliProcess(args)
    await first.told('conversations')
    first.child.kill('SIGINT')

    expect(await first.exited).toBe(130)
    expect(first.stderr).toMatch(
      /\d+ of 400 conversations are in 127\.0\.0\.1:\d+\/postgres\. The same command goes on/,
    )

    expect((await runCli(args)).stdout).toContain('Moved 400 of 400 conversations')
  })

  it('names who holds the file', async () => {
    const path = await filledFile(1)
    await using _held = await sqliteStore({ path })
    const { code, stderr } = await runCli([
      'store',
      'move',
      '--from',
      path,
      '--to',
      join(folder(), 'other.sqlite'),
    ])
    expect(code).toBe(3)
    expect(stderr).toContain(`is in use by process (pid ${process.pid}) on`)
  })

  it('says what is missing', async () => {
    const none = join(folder(), 'none.sqlite')
    const gone = await runCli(['store', 'move', '--from', none, '--to', 'x.sqlite'])
    expect([gone.code, gone.stderr]).toEqual([2, expect.stringContaining(none)])
    expect(existsSync(none)).toBe(false)

    const nowhere = await runCli(['store', 'move', '--from', none])
    expect([nowhere.code, nowhere.stderr]).toEqual([2, expect.stringContaining('PARLEY_DATABASE_URL')])
  })
})

describe('parley store export, import and purge', () => {
  it('write all conversations and take them in elsewhere', async () => {
    const [path, out] = [await filledFile(3), join(folder(), 'backup')]
    expect((await runCli(['store', 'export', '--store', path, '--out', out])).code).toBe(0)
    const files = readdirSync(out).map((name) => join(out, name))
    expect(files).toHaveLength(3)

    const other = join(folder(), 'other.sqlite')
    const imported = await runCli(['store', 'import', ...files, '--store', other])
    expect(imported.stdout.trim().split('\n').toSorted()).toEqual(['conv_0', 'conv_1', 'conv_2'])
    const again = await runCli(['store', 'import', ...files, '--store', other])
    expect([again.code, again.stderr]).toEqual([
      3,
      expect.stringContaining('there is such a conversation already'),
    ])

    await using store = await sqliteStore({ path: other })
    expect(await store.listAudio('conv_0')).toHaveLength(1)
  })

  it('print one conversation, and refuse what is not there', async () => {
    const path = await filledFile(2)
    const one = await runCli(['store', 'export', 'conv_0', '--no-audio', '--store', path])
    expect(JSON.parse(one.stdout)).toMatchObject({ id: 'conv_0', entries: [{ at: 2000 }] })
    expect(one.stdout).not.toContain('AQID')
    expect((await runCli(['store', 'export', 'conv_9', '--store', path])).code).toBe(2)
    expect((await runCli(['store', 'export', '--store', path])).code).toBe(2)
  })

  it('delete what is over, by the settings of the gateway', async () => {
    const path = await filledFile(3)
    {
      await using store = await sqliteStore({ path })
      await store.setRetention('conv_1', 60)
    }
    const settings = { PARLEY_DATA_DIR: join(path, '..') }
    expect((await runCli(['store', 'purge'], { settings })).stdout).toBe('1 conversations deleted\n')
    await using store = await sqliteStore({ path })
    expect(await store.load('conv_1')).toBeUndefined()
  })
})
