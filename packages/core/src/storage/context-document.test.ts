import { describe, expect, it } from 'vitest'
import { kindsOfEntries } from '../testing/store-laws/scene.ts'
import { exportContext, importContext, parseContextDocument } from './context-document.ts'
import { memoryStore } from './memory-store.ts'

const sound = { contentIndex: 0, mediaType: 'audio/wav', durationMs: 20, bytes: new Uint8Array([0, 255, 7]) }

async function talked() {
  const store = memoryStore({ now: () => 1000 })
  await store.append('talk', kindsOfEntries, 0)
  await store.putAudio('talk', { ...sound, itemId: 'item_1' })
  await store.setRetention('talk', 600)
  return store
}

/** Through text, as over a wire. */
async function exported(audio: boolean): Promise<unknown> {
  return JSON.parse(JSON.stringify(await exportContext(await talked(), 'talk', { audio })))
}

describe('a conversation as a document', () => {
  it('is the same when it is imported, and notes where it is from', async () => {
    const store = memoryStore({ now: () => 9000 })
    const imported = await importContext(store, await exported(true))
    expect(imported).toEqual({ id: 'talk', revision: kindsOfEntries.length + 1 })
    const context = await store.load('talk')
    expect(context).toMatchObject({ createdAt: 1000, updatedAt: 9000, retentionSeconds: 600 })
    expect(context?.entries.map(({ at, entry }) => [at, entry])).toEqual([
      ...kindsOfEntries.map((entry) => [1000, entry]),
      [9000, { type: 'life', event: 'imported', detail: 'talk' }],
    ])
    expect(await store.loadAudio('talk', { itemId: 'item_1', contentIndex: 0 })).toMatchObject(sound)
  })

  it('leaves sounds out unless they are asked for, and takes another id', async () => {
    const document = await exported(false)
    expect(document).not.toHaveProperty('audio')
    const store = await talked()
    expect(await importContext(store, document, { id: 'copy' })).toMatchObject({ id: 'copy' })
    expect(await store.listAudio('copy')).toEqual([])
    expect(await exportContext(store, 'unknown')).toBeUndefined()
  })

  it('does not take the place of another conversation', async () => {
    const store = await talked()
    const before = await store.load('talk')
    await expect(importContext(store, await exported(true))).rejects.toMatchObject({
      code: 'revision_conflict',
    })
    expect(await store.load('talk')).toEqual(before)
  })

  it('leaves nothing behind when a sound cannot be kept', async () => {
    const store = memoryStore()
    const full = { ...store, putAudio: async () => Promise.reject(new Error('full')) }
    await expect(importContext(full, await exported(true))).rejects.toThrow('full')
    expect(await store.load('talk')).toBeUndefined()
  })

  it.each([
    ['document', 'text'],
    ['format', { format: 'other' }],
    ['version', { version: 2 }],
    ['id', { id: 7 }],
    ['createdAt', { createdAt: 'today' }],
    ['retentionSeconds', { retentionSeconds: 0 }],
    ['entries', { entries: {} }],
    ['entries.0.at', { entries: [{ at: -1, entry: { type: 'erased' } }] }],
    ['createdAt', { createdAt: 9e15 }],
    ['entries.0.at', { entries: [{ at: 9e15, entry: { type: 'erased' } }] }],
    [
      'entries.1.at',
      {
        entries: [
          { at: 2, entry: { type: 'erased' } },
          { at: 1, entry: { type: 'erased' } },
        ],
      },
    ],
    ['entries.0.revision', { entries: [{ at: 2, revision: 2, entry: { type: 'erased' } }] }],
    ['entries.0.entry.type', { entries: [{ at: 1, entry: { type: 'opinion' } }] }],
    ['entries.0.entry.itemId', { entries: [{ at: 1, entry: { type: 'deleted' } }] }],
    ['audio.0.bytes', { audio: [{ ...sound, itemId: 'a', bytes: '***' }] }],
  ])('is refused with the name of its first bad field: %s', async (param, change) => {
    const right = await exported(false)
    const wrong = typeof change === 'string' ? change : Object.assign({}, right, change)
    expect(() => parseContextDocument(wrong)).toThrow(
      expect.objectContaining({ code: 'invalid_value', param }),
    )
  })

  it('has no field nobody knows', async () => {
    const wrong = Object.assign({}, await exported(false), { entires: [] })
    expect(() => parseContextDocument(wrong)).toThrow(
      expect.objectContaining({ code: 'unknown_parameter', param: 'entires' }),
    )
  })

  it('can be imported again where the clock went back meanwhile', async () => {
    const clock = [3000, 1000, 2000]
    const store = memoryStore({ now: () => clock.shift() ?? 4000 })
    for (const [revision, text] of ['One', 'Two', 'Three'].entries()) {
      // oxlint-disable-next-line no-await-in-loop
      await store.append('talk', [{ type: 'pinned', factId: text, text }], revision)
    }
    const document = await exportContext(store, 'talk')
    expect(document?.entries.map(({ at }) => at)).toEqual([3000, 3000, 3000])
    await expect(importContext(memoryStore(), document)).resolves.toMatchObject({ revision: 4 })
  })

  it('says which version it reads', async () => {
    const wrong = Object.assign({}, await exported(false), { version: 2 })
    expect(() => parseContextDocument(wrong)).toThrow('version: This Parley reads version 1, not 2.')
  })
})
