import { expect } from 'vitest'
import { audioLaws, sound } from './store-laws/audio-laws.ts'
import { erasureLaws } from './store-laws/erasure-laws.ts'
import { factLaws } from './store-laws/fact-laws.ts'
import { logLaws } from './store-laws/log-laws.ts'
import { retentionLaws } from './store-laws/retention-laws.ts'
import {
  entriesOf,
  kindsOfEntries,
  listedIds,
  newPlace,
  said,
  type StoreLaw,
  withStore,
} from './store-laws/scene.ts'

export type { OpenStore } from './store-laws/scene.ts'

/** What every context store does. */
export const storeLaws: readonly StoreLaw[] = [
  ...logLaws,
  ...erasureLaws,
  ...audioLaws,
  ...retentionLaws,
  ...factLaws,
]

/** What a store does besides that outlives its process. */
export const durableStoreLaws: readonly StoreLaw[] = [
  {
    name: 'has everything when it is opened again and goes on from there',
    async holds(open) {
      const place = newPlace()
      await withStore(open, place, (store) => store.append('conv', kindsOfEntries, 0))
      await withStore(open, place, (store) =>
        store.append('conv', [said('z', 'more')], kindsOfEntries.length),
      )
      await withStore(open, place, async (store) => {
        expect(await entriesOf(store, 'conv')).toEqual([...kindsOfEntries, said('z', 'more')])
        expect(await listedIds(store, 10)).toEqual([['conv']])
      })
    },
  },
  {
    name: 'keeps a deleted conversation deleted when it is opened again',
    async holds(open) {
      const place = newPlace()
      await withStore(open, place, async (store) => {
        await store.append('conv', [said('a', 'x')], 0)
        await store.delete('conv')
      })
      await withStore(open, place, async (store) => expect(await store.load('conv')).toBeUndefined())
    },
  },
  {
    name: 'has sounds, times and facts when it is opened again, and what was erased is still erased',
    async holds(open) {
      const place = newPlace()
      await withStore(open, place, async (store) => {
        await store.append('conv', [said('a', 'secret'), said('b', 'y')], 0)
        await store.putAudio('conv', sound('a', 0))
        await store.putAudio('conv', sound('b', 0))
        await store.append('conv', [{ type: 'deleted', itemId: 'a' }], 2)
        await store.setRetention('conv', 60)
        await store.facts.put('ada', { id: 'fact', text: 'x', conversationId: 'conv' })
      })
      await withStore(open, place, async (store) => {
        expect(await store.loadAudio('conv', sound('b', 0))).toEqual(sound('b', 0))
        expect(await store.listAudio('conv')).toHaveLength(1)
        expect(await store.load('conv')).toMatchObject({ retentionSeconds: 60 })
        expect(JSON.stringify(await store.load('conv'))).not.toContain('secret')
        expect(await store.facts.list('ada')).toHaveLength(1)
      })
    },
  },
]
