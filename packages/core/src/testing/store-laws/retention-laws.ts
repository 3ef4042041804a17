import { expect } from 'vitest'
import { sound } from './audio-laws.ts'
import { expectError, law, listedIds, said, type StoreLaw } from './scene.ts'

/** Of conversations that are not kept for ever. */
export const retentionLaws: readonly StoreLaw[] = [
  law('says how long a conversation is kept, until that is taken back', async (store) => {
    await store.append('conv', [], 0)
    const before = await store.load('conv')
    expect(before).not.toHaveProperty('retentionSeconds')
    expect(await store.setRetention('conv', 60)).toBe(true)
    expect(await store.load('conv')).toEqual({ ...before, retentionSeconds: 60 })
    expect(await store.setRetention('conv', undefined)).toBe(true)
    expect(await store.load('conv')).toEqual(before)
    expect(await store.setRetention('other', 60)).toBe(false)
    expect(await store.load('other')).toBeUndefined()
  }),

  law(
    'purges a conversation once its time after its last entry is over, and not before',
    async (store, clock) => {
      for (const id of ['short', 'long', 'forever', 'freed']) await store.append(id, [], 0)
      await store.setRetention('short', 10)
      await store.setRetention('long', 100)
      await store.setRetention('freed', 10)
      await store.setRetention('freed', undefined)
      clock.time = 9000
      await store.append('short', [said('a', 'x')], 0)
      clock.time = 18_999
      expect(await store.purge(10)).toEqual([])
      clock.time = 19_000
      expect(await store.purge(10)).toEqual(['short'])
      expect(await store.purge(10)).toEqual([])
      expect((await listedIds(store, 10)).flat().toSorted()).toEqual(['forever', 'freed', 'long'])
    },
  ),

  law('keeps the time of a conversation that is still empty', async (store, clock) => {
    await store.append('conv', [], 0)
    await store.setRetention('conv', 10)
    clock.time = 9000
    await store.append('conv', [], 0)
    clock.time = 12_000
    expect(await store.purge(10)).toEqual([])
    clock.time = 19_000
    expect(await store.purge(10)).toEqual(['conv'])
  }),

  law('purges no more at once than it is asked to', async (store, clock) => {
    for (const id of ['a', 'b', 'c']) {
      await store.append(id, [], 0)
      await store.setRetention(id, 1)
    }
    clock.time = 60_000
    const first = await store.purge(2)
    expect(first).toHaveLength(2)
    expect([...first, ...(await store.purge(2))].toSorted()).toEqual(['a', 'b', 'c'])
  }),

  law('leaves nothing of a purged conversation, not even its time', async (store, clock) => {
    await store.append('conv', [said('a', 'x')], 0)
    await store.putAudio('conv', sound('a', 0))
    await store.setRetention('conv', 1)
    clock.time = 5000
    await store.purge(1)
    expect(await store.load('conv')).toBeUndefined()
    expect(await store.delete('conv')).toBe(false)
    await store.append('conv', [], 0)
    expect(await store.listAudio('conv')).toEqual([])
    clock.time = 100_000
    expect(await store.purge(1)).toEqual([])
  }),

  law('refuses a time or a number that is none', async (store) => {
    await store.append('conv', [], 0)
    for (const seconds of [0, -1, 1.5, Number.NaN, Number.MAX_SAFE_INTEGER])
      await expectError(store.setRetention('conv', seconds), 'invalid_value')
    for (const limit of [0, 1.5, Number.NaN, 1e9]) await expectError(store.purge(limit), 'invalid_value')
  }),
]
