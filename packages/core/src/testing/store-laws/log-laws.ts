import { expect } from 'vitest'
import { sound } from './audio-laws.ts'
import {
  answered,
  entriesOf,
  expectError,
  kindsOfEntries,
  law,
  listedIds,
  said,
  type StoreLaw,
  summaryOf,
} from './scene.ts'

/** Of the log of a conversation and the list of them. */
export const logLaws: readonly StoreLaw[] = [
  law('gives back what was appended, with unknown fields and every character', async (store) => {
    const entries = [...kindsOfEntries, said('long', 'ß'.repeat(100_000))]
    await store.append('conv', entries, 0)
    expect(await entriesOf(store, 'conv')).toEqual(entries)
  }),

  law('keeps its own copy of what was appended and of what it gives', async (store) => {
    const entry = said('a', 'before')
    const appended = store.append('conv', [entry], 0)
    Object.assign(entry, { previousItemId: 'after' })
    await appended
    const [given] = await entriesOf(store, 'conv')
    Object.assign(given ?? {}, { previousItemId: 'after' })
    expect(await entriesOf(store, 'conv')).toEqual([said('a', 'before')])
  }),

  law('numbers entries from 1 without gaps and stamps them with the time', async (store, clock) => {
    expect(await store.append('conv', [said('a', 'x'), said('b', 'y')], 0)).toBe(2)
    clock.time = 2000
    expect(await store.append('conv', [said('c', 'z')], 2)).toBe(3)
    const context = await store.load('conv')
    expect(context).toMatchObject({ id: 'conv', revision: 3, createdAt: 1000, updatedAt: 2000 })
    expect(context?.entries.map(({ revision, at }) => [revision, at])).toEqual([
      [1, 1000],
      [2, 1000],
      [3, 2000],
    ])
  }),

  law('refuses an append on another revision and writes nothing', async (store, clock) => {
    await store.append('conv', [said('a', 'x')], 0)
    const before = await store.load('conv')
    clock.time = 2000
    await expectError(store.append('conv', [said('b', 'y')], 0), 'revision_conflict')
    await expectError(store.append('conv', [said('b', 'y')], 2), 'revision_conflict')
    await expectError(store.append('new', [said('b', 'y')], 1), 'revision_conflict')
    expect(await store.load('conv')).toEqual(before)
    expect(await store.load('new')).toBeUndefined()
  }),

  law(
    'lets exactly one of many appends at the same time win a revision, and the others fail alone',
    async (store) => {
      const rivals = Array.from({ length: 10 }, (_, rival) => said(`rival_${rival}`, 'me'))
      for (const revision of [0, 1, 2]) {
        const bystander = store.append(`other_${revision}`, [said('b', 'calm')], 0)
        const outcomes = await Promise.allSettled(
          rivals.map((rival) => store.append('conv', [rival], revision)),
        )
        expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
        expect(await bystander).toBe(1)
        const winner = rivals[outcomes.findIndex(({ status }) => status === 'fulfilled')]
        expect((await entriesOf(store, 'conv')).slice(revision)).toEqual([winner])
      }
    },
  ),

  law('takes the times of what happened elsewhere', async (store, clock) => {
    await store.append('conv', [], 0)
    clock.time = 2000
    const times = { createdAt: 100, entries: [200, undefined, 300] }
    await store.append('conv', [said('a', 'x'), said('b', 'y'), said('c', 'z')], 0, times)
    const context = await store.load('conv')
    expect(context).toMatchObject({ createdAt: 100, updatedAt: 300 })
    expect(context?.entries.map(({ at }) => at)).toEqual([200, 2000, 300])
    await store.append('empty', [], 0, { createdAt: 50 })
    expect(await store.load('empty')).toMatchObject({ createdAt: 50, updatedAt: 50 })
    for (const time of [-1, 0.5, Number.NaN]) {
      await expectError(store.append('bad', [said('a', 'x')], 0, { entries: [time] }), 'invalid_value')
      await expectError(store.append('bad', [], 0, { createdAt: time }), 'invalid_value')
    }
  }),

  law('keeps conversations apart', async (store) => {
    const ids = ['conv', 'Conv', 'conv ', 'konv\u{1F3A4}', "'; drop table contexts; --", '%', '__proto__']
    await Promise.all(ids.map((id) => store.append(id, [said('a', id)], 0)))
    for (const id of ids) expect(await entriesOf(store, id)).toEqual([said('a', id)])
  }),

  law('makes a conversation with the first append, even with no entries', async (store) => {
    expect(await store.append('conv', [], 0)).toBe(0)
    expect(await store.load('conv')).toMatchObject({
      revision: 0,
      createdAt: 1000,
      updatedAt: 1000,
      entries: [],
    })
  }),

  law('knows nothing of a conversation never appended to', async (store) => {
    await store.append('conv', [said('a', 'x')], 0)
    expect(await store.load('other')).toBeUndefined()
    expect(await store.delete('other')).toBe(false)
  }),

  law('lists the newest first, the greater id first where times are equal', async (store, clock) => {
    for (const [id, time] of [
      ['b', 1],
      ['c', 1],
      ['a', 3],
      ['d', 2],
    ] as const) {
      clock.time = time
      await store.append(id, [], 0)
    }
    clock.time = 4
    await store.append('d', [said('x', 'y')], 0)
    expect(await listedIds(store, 100)).toEqual([['d', 'a', 'c', 'b']])
  }),

  law(
    'pages through the list without losing or repeating one, and ends at the last',
    async (store, clock) => {
      for (const id of ['a', 'b', 'c', 'd', 'e', 'f']) {
        if (id === 'd') clock.time = 2000
        await store.append(id, [], 0)
      }
      expect(await listedIds(store, 2)).toEqual([
        ['f', 'e'],
        ['d', 'c'],
        ['b', 'a'],
      ])
      expect(await listedIds(store, 4)).toEqual([
        ['f', 'e', 'd', 'c'],
        ['b', 'a'],
      ])
      expect(await listedIds(store, 6)).toEqual([['f', 'e', 'd', 'c', 'b', 'a']])
    },
  ),

  law('gives an empty page when there is nothing', async (store) => {
    expect(await store.list({ limit: 10 })).toEqual({ contexts: [], cursor: undefined })
  }),

  law('counts the items that are not deleted', async (store) => {
    await store.append('conv', [said('a', 'x'), said('b', 'y'), said('a', 'again')], 0)
    expect(await summaryOf(store, 'conv')).toMatchObject({ revision: 3, itemCount: 2 })
    await store.append('conv', [{ type: 'deleted', itemId: 'a' }], 3)
    expect(await summaryOf(store, 'conv')).toMatchObject({ revision: 4, itemCount: 1 })
  }),

  law('takes the title from the first words of the user, also when they come later', async (store) => {
    await store.append('conv', [answered('a', 'Hello, I am Parley.'), said('b', null)], 0)
    expect(await summaryOf(store, 'conv')).toMatchObject({ title: '' })
    const words = `  What is\n the ${'\u{1F3A4}'.repeat(100)}`
    await store.append('conv', [{ type: 'transcript', itemId: 'b', contentIndex: 0, transcript: words }], 2)
    expect(await summaryOf(store, 'conv')).toMatchObject({ title: `What is the ${'\u{1F3A4}'.repeat(68)}` })
  }),

  law('keeps a title whatever characters the user said', async (store) => {
    await store.append('conv', [said('a', 'a\0b \ud800c')], 0)
    expect(await summaryOf(store, 'conv')).toMatchObject({ title: 'ab \ufffdc' })
  }),

  law('refuses a limit out of range and a cursor that is none', async (store) => {
    for (const limit of [0, 101, 1.5, Number.NaN]) await expectError(store.list({ limit }), 'invalid_value')
    for (const after of ['', 'x', 'WzEsMl0'])
      await expectError(store.list({ limit: 1, after }), 'invalid_value')
  }),

  law('refuses an id it could not keep apart from others', async (store) => {
    for (const id of ['', 'x'.repeat(257), 'a\0b', 'a\ud800']) {
      await expectError(store.append(id, [], 0), 'invalid_value')
      await expectError(store.load(id), 'invalid_value')
      await expectError(store.delete(id), 'invalid_value')
      await expectError(store.setRetention(id, 1), 'invalid_value')
      await expectError(store.listAudio(id), 'invalid_value')
      await expectError(store.putAudio(id, sound('a', 0)), 'invalid_value')
      await expectError(store.loadAudio(id, sound('a', 0)), 'invalid_value')
    }
  }),

  law('leaves nothing of a deleted conversation and begins it anew', async (store) => {
    await store.append('conv', [said('a', 'x'), said('b', 'y')], 0)
    await store.append('kept', [said('a', 'x')], 0)
    expect(await store.delete('conv')).toBe(true)
    expect(await store.load('conv')).toBeUndefined()
    expect(await listedIds(store, 10)).toEqual([['kept']])
    expect(await store.append('conv', [said('c', 'z')], 0)).toBe(1)
    expect(await entriesOf(store, 'conv')).toEqual([said('c', 'z')])
  }),

  law('finishes what was asked before it was disposed of', async (store) => {
    const appends = ['a', 'b', 'c'].map((id) => store.append(id, [said('a', 'x')], 0))
    const outcomes = Promise.allSettled(appends)
    await store[Symbol.asyncDispose]()
    expect((await outcomes).map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled'])
  }),

  law('is unavailable after it was disposed of, which may be done twice', async (store) => {
    await store[Symbol.asyncDispose]()
    await store[Symbol.asyncDispose]()
    await expectError(store.append('conv', [], 0), 'store_unavailable')
    await expectError(store.load('conv'), 'store_unavailable')
    await expectError(store.list({ limit: 1 }), 'store_unavailable')
    await expectError(store.delete('conv'), 'store_unavailable')
    await expectError(store.putAudio('conv', sound('a', 0)), 'store_unavailable')
    await expectError(store.loadAudio('conv', sound('a', 0)), 'store_unavailable')
    await expectError(store.listAudio('conv'), 'store_unavailable')
    await expectError(store.setRetention('conv', 1), 'store_unavailable')
    await expectError(store.purge(1), 'store_unavailable')
    const fact = { id: 'a', text: 'x', conversationId: undefined }
    await expectError(store.facts.list('ada'), 'store_unavailable')
    await expectError(store.facts.people({ limit: 1 }), 'store_unavailable')
    await expectError(store.facts.put('ada', fact), 'store_unavailable')
    await expectError(store.facts.delete('ada', 'a'), 'store_unavailable')
    await expectError(store.facts.deleteAll('ada'), 'store_unavailable')
  }),
]
