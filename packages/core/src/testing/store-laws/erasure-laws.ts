import { expect } from 'vitest'
import { foldEntries } from '../../storage/context-items.ts'
import type { ContextEntry } from '../../storage/context-store.ts'
import { sound } from './audio-laws.ts'
import { answered, entriesOf, law, said, type StoreLaw, summaryOf } from './scene.ts'

const secret = 'the word nobody may read'

/** Of what is left when an item is deleted. */
export const erasureLaws: readonly StoreLaw[] = [
  law('erases the words of a deleted item, those of its own append too, and no entry more', async (store) => {
    await store.append('conv', [said('a', secret), answered('b', 'kept'), ...wordsAbout('a')], 0)
    await store.append('conv', [...wordsAbout('a'), deleted('a')], 5)
    const entries = await entriesOf(store, 'conv')
    expect(JSON.stringify(entries)).not.toContain(secret)
    expect(entries.map(({ type }) => type).join(' ')).toBe(
      'erased item erased erased erased erased erased erased deleted',
    )
    expect(entries[1]).toEqual(answered('b', 'kept'))
  }),

  law('keeps revisions and times of what it erases', async (store, clock) => {
    await store.append('conv', [said('a', secret)], 0)
    clock.time = 2000
    expect(await store.append('conv', [deleted('a')], 1)).toBe(2)
    const context = await store.load('conv')
    expect(context?.entries.map(({ revision, at }) => [revision, at])).toEqual([
      [1, 1000],
      [2, 2000],
    ])
  }),

  law('keeps the order of the items that stood behind a deleted one', async (store) => {
    const behindA = (id: string) => ({ ...said(id, id), previousItemId: 'a' })
    await store.append('conv', [said('a', secret), behindA('c'), behindA('b')], 0)
    await store.append('conv', [deleted('a')], 3)
    const items = foldEntries((await store.load('conv'))?.entries ?? [])
    expect(items.map(({ item }) => item.id)).toEqual(['b', 'c'])
  }),

  law('erases a summary that stands for a deleted item, and no other', async (store) => {
    const summary = (throughItemId: string): ContextEntry => {
      return { type: 'summary', throughItemId, text: `about ${throughItemId}`, by: 'extractive' }
    }
    const log = [said('a', 'x'), said('b', 'y'), said('c', 'z'), summary('a'), summary('b'), summary('gone')]
    await store.append('conv', log, 0)
    await store.append('conv', [deleted('b')], 6)
    expect((await entriesOf(store, 'conv')).slice(3)).toEqual([
      summary('a'),
      { type: 'erased' },
      { type: 'erased' },
      deleted('b'),
    ])
  }),

  law('keeps an item that was made anew under the id of a deleted one', async (store) => {
    await store.append('conv', [said('a', secret), deleted('a'), said('a', 'again')], 0)
    await store.append('conv', [said('b', 'x'), deleted('b')], 3)
    const entries = await entriesOf(store, 'conv')
    expect(JSON.stringify(entries)).not.toContain(secret)
    expect(entries[2]).toEqual(said('a', 'again'))
  }),

  law('erases the words of a fact that is replaced or unpinned', async (store) => {
    const pinned = (factId: string, text: string): ContextEntry => ({ type: 'pinned', factId, text })
    await store.append('conv', [pinned('a', secret), pinned('b', secret), pinned('c', 'kept')], 0)
    await store.append('conv', [pinned('a', 'changed')], 3)
    await store.append('conv', [{ type: 'unpinned', factId: 'b' }], 4)
    expect(await entriesOf(store, 'conv')).toEqual([
      { type: 'erased' },
      { type: 'erased' },
      pinned('c', 'kept'),
      pinned('a', 'changed'),
      { type: 'unpinned', factId: 'b' },
    ])
  }),

  law('keeps no word and no sound that comes after its item was deleted', async (store) => {
    await store.append('conv', [said('a', 'x'), said('b', 'y'), deleted('a')], 0)
    await store.append('conv', [...wordsAbout('a'), ...wordsAbout('b')], 3)
    for (const itemId of ['a', 'b']) await store.putAudio('conv', sound(itemId, 0))
    expect((await entriesOf(store, 'conv')).slice(3)).toEqual([
      { type: 'erased' },
      { type: 'erased' },
      { type: 'erased' },
      ...wordsAbout('b'),
    ])
    expect(await store.listAudio('conv')).toMatchObject([{ itemId: 'b' }])
    await store.append('conv', [said('a', 'again')], 9)
    await store.append('conv', wordsAbout('a'), 10)
    expect((await entriesOf(store, 'conv')).slice(10)).toEqual(wordsAbout('a'))
  }),

  law('has no word of a deleted item in the list', async (store) => {
    await store.append('conv', [said('a', secret), said('b', 'Second')], 0)
    expect(await summaryOf(store, 'conv')).toMatchObject({ title: secret })
    await store.append('conv', [deleted('a')], 2)
    expect(await summaryOf(store, 'conv')).toMatchObject({ title: 'Second', itemCount: 1 })
  }),
]

function deleted(itemId: string): ContextEntry {
  return { type: 'deleted', itemId }
}

/** Every other kind of entry that holds words of an item. */
function wordsAbout(itemId: string): readonly ContextEntry[] {
  return [
    { type: 'transcript', itemId, contentIndex: 0, transcript: secret },
    { type: 'truncated', itemId, contentIndex: 0, audioEndMs: 1, heardTranscript: secret },
    {
      type: 'heard',
      itemId,
      contentIndex: 0,
      generatedMs: 2,
      heardMs: 1,
      heardTranscript: secret,
      by: 'clock',
    },
  ]
}
