import { describe, expect, it } from 'vitest'
import type { ContextEntry, ContextStore } from './context-store.ts'
import { type CopyProgress, copyStore } from './copy-store.ts'
import { memoryStore } from './memory-store.ts'

function said(id: string): ContextEntry {
  const content = [{ type: 'input_text' as const, text: `words of ${id}` }]
  return { type: 'item', previousItemId: 'end', item: { id, type: 'message', role: 'user', content } }
}

const sound = { contentIndex: 0, mediaType: 'audio/wav', durationMs: 20, bytes: new Uint8Array([1, 2, 3]) }

/** A store with something of everything. */
async function filled(): Promise<ContextStore> {
  let time = 1000
  const store = memoryStore({ now: () => (time += 1) })
  for (let index = 0; index < 120; index += 1) {
    const entries = Array.from({ length: index % 4 }, (_, item) => said(`item_${item}`))
    const revision = await store.append(`conv_${index}`, entries, 0)
    await store.append(`conv_${index}`, [said('more')], revision)
  }
  await store.append(
    'long',
    Array.from({ length: 2500 }, (_, item) => said(`item_${item}`)),
    0,
  )
  await store.putAudio('long', { ...sound, itemId: 'item_7' })
  await store.append('long', [{ type: 'deleted', itemId: 'item_8' }], 2500)
  await store.setRetention('long', 3600)
  await store.append('empty', [], 0)
  for (const id of ['b', 'a', 'c']) await store.facts.put('ada', { id, text: id, conversationId: 'long' })
  await store.facts.put('ada', { id: 'b', text: 'corrected', conversationId: undefined })
  return store
}

/** Everything there is, conversations by id. */
async function contentsOf(store: ContextStore): Promise<unknown> {
  const contexts: unknown[] = []
  let after: string | undefined
  do {
    const page = await store.list({ limit: 100, after })
    for (const { id } of page.contexts) contexts.push([await store.load(id), await store.listAudio(id)])
    after = page.cursor
  } while (after !== undefined)
  const people = await store.facts.people({ limit: 100 })
  const facts = await Promise.all(people.map(async (person) => [person, await store.facts.list(person)]))
  return { contexts, facts }
}

describe('copyStore', () => {
  it('copies all conversations, sounds, times and facts, and tells how far it is', async () => {
    const from = await filled()
    const to = memoryStore()
    const seen: CopyProgress[] = []
    const found: unknown[] = []
    const progress = await copyStore(from, to, {
      onBegin: (one) => found.push(one),
      onProgress: (one) => seen.push(one),
    })
    expect(found).toEqual([{ total: 122, present: 0 }])
    expect(await contentsOf(to)).toEqual(await contentsOf(from))
    expect(await to.loadAudio('long', { itemId: 'item_7', contentIndex: 0 })).toMatchObject(sound)
    expect(progress).toEqual({
      total: 122,
      conversations: 122,
      skipped: 0,
      entries: 2801,
      sounds: 1,
      bytes: 3,
      people: 1,
    })
    expect(seen.map(({ conversations }) => conversations)).toEqual([
      ...Array.from({ length: 122 }, (_, index) => index + 1),
      122,
    ])
  })

  it('goes on where it was stopped, and does nothing when all is there', async () => {
    const from = await filled()
    const to = memoryStore()
    const stop = new AbortController()
    const stopped = copyStore(from, to, {
      signal: stop.signal,
      onProgress: ({ conversations }) => conversations === 50 && stop.abort(new Error('enough')),
    })
    await expect(stopped).rejects.toThrow('enough')
    await copyStore(from, to)
    expect(await contentsOf(to)).toEqual(await contentsOf(from))

    const written: string[] = []
    const watched: ContextStore = {
      ...to,
      append: (...request) => {
        written.push(request[0])
        return to.append(...request)
      },
      putAudio: async (id) => void written.push(id),
      facts: {
        ...to.facts,
        put: async (...request) => {
          written.push(request[0])
          return to.facts.put(...request)
        },
      },
    }
    const found: unknown[] = []
    const again = await copyStore(from, watched, { onBegin: (one) => found.push(one) })
    expect(written).toEqual([])
    expect(found).toEqual([{ total: 122, present: 122 }])
    expect(again).toMatchObject({ conversations: 122, skipped: 122 })
  })

  it('goes on with a conversation of which only the beginning is there', async () => {
    const from = await filled()
    const to = memoryStore()
    const { entries = [], createdAt } = (await from.load('long')) ?? {}
    const begun = entries.slice(0, 1000)
    const times = { createdAt, entries: begun.map(({ at }) => at) }
    await to.append(
      'long',
      begun.map(({ entry }) => entry),
      0,
      times,
    )
    expect(await copyStore(from, to)).toMatchObject({ conversations: 122, skipped: 0 })
    expect(await to.load('long')).toEqual(await from.load('long'))
  })

  it('refuses a conversation that is in both and not the same, and leaves it alone', async () => {
    const from = await filled()
    const to = memoryStore()
    await to.append('conv_3', [said('something else')], 0)
    const before = await to.load('conv_3')
    await expect(copyStore(from, to)).rejects.toMatchObject({
      code: 'revision_conflict',
      message: 'Conversation conv_3 is there already and is another one.',
    })
    expect(await to.load('conv_3')).toEqual(before)
  })

  it('notices what does not arrive as it was', async () => {
    const from = await filled()
    const to = memoryStore()
    const lossy: ContextStore = {
      ...to,
      putAudio: (id, audio) => to.putAudio(id, { ...audio, bytes: audio.bytes.slice(1) }),
    }
    await expect(copyStore(from, lossy)).rejects.toMatchObject({ code: 'store_unavailable' })
  })
})
