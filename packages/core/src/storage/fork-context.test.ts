import { expect, it } from 'vitest'
import { foldEntries, toReplayItems } from './context-items.ts'
import type { ContextEntry, ContextStore } from './context-store.ts'
import { forkContext } from './fork-context.ts'
import { memoryStore } from './memory-store.ts'

const by = 'extractive'
const response = { type: 'response', responseId: 'r', status: 'completed', itemIds: ['b'] } as const

function asked(id: string, previousItemId: string | null): ContextEntry {
  const content = [{ type: 'input_audio' as const, transcript: null }]
  return { type: 'item', previousItemId, item: { id, type: 'message', role: 'user', content } }
}

function answered(id: string, previousItemId: string | null): ContextEntry {
  const content = [{ type: 'output_audio' as const, transcript: `All of ${id}.` }]
  return { type: 'item', previousItemId, item: { id, type: 'message', role: 'assistant', content } }
}

const log: readonly ContextEntry[] = [
  { type: 'life', event: 'connected', backend: 'local' },
  asked('a', null),
  answered('b', 'a'),
  { type: 'transcript', itemId: 'a', contentIndex: 0, transcript: 'Words of a.' },
  { ...response, backend: 'local' },
  {
    type: 'heard',
    itemId: 'b',
    contentIndex: 0,
    generatedMs: 900,
    heardMs: 400,
    heardTranscript: 'All',
    by: 'playback',
  },
  { type: 'summary', throughItemId: 'a', text: 'Early.', by },
  { type: 'pinned', factId: 'f', text: 'first' },
  { type: 'pinned', factId: 'g', text: 'gone' },
  asked('c', 'b'),
  answered('d', 'c'),
  { type: 'pinned', factId: 'f', text: 'corrected' },
  { type: 'unpinned', factId: 'g' },
  { type: 'summary', throughItemId: 'c', text: 'Late.', by },
]

async function talked(): Promise<ContextStore> {
  let time = 0
  const store = memoryStore({ now: () => time })
  for (const [revision, entry] of log.entries()) {
    time = (revision + 1) * 1000
    await store.append('talk', [entry], revision)
  }
  const sound = { contentIndex: 0, mediaType: 'audio/wav', durationMs: 1, bytes: new Uint8Array([1]) }
  for (const itemId of ['a', 'd']) await store.putAudio('talk', { ...sound, itemId })
  await store.setRetention('talk', 600)
  time = 50_000
  return store
}

it('begins a conversation with the items up to one of them, as they stand', async () => {
  const store = await talked()
  const revision = await forkContext(store, { from: 'talk', to: 'fork', throughItemId: 'b' })
  const fork = await store.load('fork')
  expect(fork).toMatchObject({ revision, retentionSeconds: 600, updatedAt: 50_000 })
  expect(fork?.entries.map(({ at, entry }) => [at, entry])).toEqual([
    [2000, { ...asked('a', null), item: expect.objectContaining({ id: 'a' }) }],
    [3000, answered('b', 'a')],
    [6000, log[5]],
    [7000, log[6]],
    [12_000, log[11]],
    [50_000, { type: 'life', event: 'forked', detail: 'talk' }],
  ])
  expect(
    toReplayItems(foldEntries(fork?.entries ?? [])).map((item) => 'content' in item && item.content),
  ).toEqual([[{ type: 'input_text', text: 'Words of a.' }], [{ type: 'output_text', text: 'All' }]])
  expect(await store.listAudio('fork')).toMatchObject([{ itemId: 'a' }])
})

it('takes all items, and the newest summary, when none is named, and leaves the first alone', async () => {
  const store = await talked()
  const before = await store.load('talk')
  await forkContext(store, { from: 'talk', to: 'fork' })
  const entries = (await store.load('fork'))?.entries ?? []
  expect(foldEntries(entries).map(({ item }) => item.id)).toEqual(['a', 'b', 'c', 'd'])
  expect(entries.filter(({ entry }) => entry.type === 'summary')).toMatchObject([
    { entry: { text: 'Late.' } },
  ])
  expect(await store.listAudio('fork')).toMatchObject([{ itemId: 'a' }, { itemId: 'd' }])
  expect(await store.load('talk')).toEqual(before)
})

it('refuses an unknown conversation or item, and an id that is taken', async () => {
  const store = await talked()
  const forking = (options: Partial<Parameters<typeof forkContext>[1]>) =>
    forkContext(store, { from: 'talk', to: 'fork', ...options })
  await expect(forking({ from: 'nobody' })).rejects.toMatchObject({ code: 'not_found', param: 'from' })
  await expect(forking({ throughItemId: 'z' })).rejects.toMatchObject({
    code: 'not_found',
    param: 'throughItemId',
  })
  await expect(forking({ to: 'talk' })).rejects.toMatchObject({ code: 'revision_conflict' })
  expect(await store.load('fork')).toBeUndefined()
})

it('leaves nothing behind when a sound cannot be copied', async () => {
  const store = await talked()
  const full = { ...store, putAudio: async () => Promise.reject(new Error('full')) }
  await expect(forkContext(full, { from: 'talk', to: 'fork' })).rejects.toThrow('full')
  expect(await store.load('fork')).toBeUndefined()
})
