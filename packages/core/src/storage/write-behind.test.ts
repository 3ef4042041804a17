import { describeLaws, seededRandom } from '@parley/audio/testing'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { RealtimeError } from '../errors.ts'
import { storeLaws } from '../testing/store-laws.ts'
import type { ContextEntry, ContextStore } from './context-store.ts'
import { memoryStore } from './memory-store.ts'
import { writeBehind } from './write-behind.ts'
import type { WriteBehind, WriteBehindOptions } from './write-behind.ts'

/** What a store does when it is asked: `mute` does the work and never answers. */
type Mood = 'works' | 'fails' | 'hangs' | 'mute'

interface MoodyStore extends ContextStore {
  mood: Mood
  appends: number
}

function moodyStore(): MoodyStore {
  const memory = memoryStore()
  async function moody<Result>(work: () => Promise<Result>): Promise<Result> {
    switch (store.mood) {
      case 'works':
        return await work()
      case 'fails':
        throw new RealtimeError('store_unavailable', 'The disk is full.')
      case 'mute':
        await work().catch(() => undefined)
        return await never()
      case 'hangs':
        return await never()
    }
  }
  const store: MoodyStore = {
    ...memory,
    mood: 'works',
    appends: 0,
    append: (...request) => {
      store.appends += 1
      return moody(() => memory.append(...request))
    },
    load: (id) => moody(() => memory.load(id)),
    list: (query) => moody(() => memory.list(query)),
    delete: (id) => moody(() => memory.delete(id)),
    putAudio: (id, audio) => moody(() => memory.putAudio(id, audio)),
    [Symbol.asyncDispose]: () => memory[Symbol.asyncDispose](),
  }
  return store
}

function never<Result>(): Promise<Result> {
  return new Promise(() => undefined)
}

function begin(options: WriteBehindOptions = {}): { store: MoodyStore; behind: WriteBehind } {
  const store = moodyStore()
  return { store, behind: writeBehind(store, { random: () => 0.5, ...options }) }
}

/** An entry that is known by its words. */
function said(words: string): ContextEntry {
  const content = [{ type: 'input_text' as const, text: words }]
  return { type: 'item', item: { id: words, type: 'message', role: 'user', content }, previousItemId: null }
}

async function stored(store: ContextStore, id = 'conv_1'): Promise<readonly (string | undefined)[]> {
  const found = await store.load(id)
  return found?.entries.map(({ entry }) => (entry.type === 'item' ? entry.item.id : entry.type)) ?? []
}

const outcome = (promise: Promise<unknown>): Promise<unknown> =>
  promise.catch((error: unknown) => (error instanceof RealtimeError ? error.code : error))

/** Long enough for every retry. */
const soon = (): Promise<unknown> => vi.advanceTimersByTimeAsync(60_000)

describeLaws('a write-behind as a store', storeLaws, async (_place, now) => writeBehind(memoryStore({ now })))

describe('a write-behind', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('acknowledges what the store has taken', async () => {
    const { store, behind } = begin()
    const writer = behind.writer('conv_1', 0)
    expect(await writer.append([said('a'), said('b')])).toBe(2)
    expect(await writer.append([said('c')])).toBe(3)
    expect(await stored(store)).toEqual(['a', 'b', 'c'])
    expect(behind.status).toMatchObject({ entries: 0, since: undefined })
  })

  it('writes what came meanwhile at once', async () => {
    const { store, behind } = begin()
    const writer = behind.writer('conv_1', 0)
    await Promise.all(['a', 'b', 'c', 'd'].map((words) => writer.append([said(words)])))
    expect(await stored(store)).toEqual(['a', 'b', 'c', 'd'])
    expect(store.appends).toBe(2)
  })

  for (const mood of ['fails', 'hangs', 'mute'] as const) {
    it(`loses, doubles and reorders nothing while the store ${mood}`, async () => {
      const { store, behind } = begin()
      const writer = behind.writer('conv_1', 0)
      await writer.append([said('before')])
      store.mood = mood
      const appended = ['a', 'b', 'c'].map((words) => writer.append([said(words)]))
      await vi.advanceTimersByTimeAsync(20_000)
      expect(behind.status).toMatchObject({ entries: 3, conversations: 1 })
      const last = writer.append([said('d')])
      store.mood = 'works'
      await soon()
      expect(await Promise.all([...appended, last])).toEqual([2, 3, 4, 5])
      expect(await stored(store)).toEqual(['before', 'a', 'b', 'c', 'd'])
      expect(behind.status).toMatchObject({ entries: 0, conversations: 0, since: undefined })
    })
  }

  it('stores everything once and in order whatever the store does and when', async () => {
    for (let seed = 1; seed <= 60; seed += 1) {
      const random = seededRandom(seed)
      const { store, behind } = begin({ random, timeoutMs: 300 })
      const said_: string[][] = [[], []]
      const writers = said_.map((_, index) => behind.writer(`conv_${index}`, 0))
      for (let at = 0; at < 60; at += 1) {
        store.mood =
          (['works', 'works', 'fails', 'hangs', 'mute'] as const)[Math.floor(random() * 5)] ?? 'works'
        const which = random() < 0.5 ? 0 : 1
        const words = Array.from({ length: 1 + Math.floor(random() * 3) }, (_, each) => `${at}-${each}`)
        said_[which]?.push(...words)
        void writers[which]?.append(words.map(said))
        await vi.advanceTimersByTimeAsync(Math.floor(random() * 400))
      }
      for (const writer of writers) writer.close()
      store.mood = 'works'
      await soon()
      for (const [index, words] of said_.entries())
        expect(await stored(store, `conv_${index}`), `seed ${seed}`).toEqual(words)
    }
  })

  it('tries all again as soon as the store has answered one', async () => {
    const { store, behind } = begin({ maxDelayMs: 60_000, baseDelayMs: 60_000 })
    store.mood = 'fails'
    const first = behind.writer('conv_1', 0).append([said('a')])
    await vi.advanceTimersByTimeAsync(30_000)
    const second = behind.writer('conv_2', 0).append([said('b')])
    store.mood = 'works'
    await vi.advanceTimersByTimeAsync(20_000)
    expect(await Promise.all([first, second])).toEqual([1, 1])
  })

  it('refuses what is over the bound at once, and takes the rest later', async () => {
    const { store, behind } = begin({ maxEntries: 3 })
    store.mood = 'fails'
    const writer = behind.writer('conv_1', 0)
    const kept = writer.append([said('a'), said('b')])
    expect(await outcome(writer.append([said('c'), said('d')]))).toBe('store_unavailable')
    const alsoKept = writer.append([said('e')])
    await vi.advanceTimersByTimeAsync(1)
    expect(behind.status).toMatchObject({ entries: 3, refused: 2 })
    store.mood = 'works'
    await soon()
    expect(await Promise.all([kept, alsoKept])).toEqual([2, 3])
    expect(await stored(store)).toEqual(['a', 'b', 'e'])
  })

  it('bounds the bytes of all conversations', async () => {
    const { store, behind } = begin({ maxBytes: 1_000 })
    store.mood = 'fails'
    void behind.writer('conv_1', 0).append([said('x'.repeat(2_000))])
    expect(await outcome(behind.writer('conv_2', 0).append([said('a')]))).toBe('store_unavailable')
    await vi.advanceTimersByTimeAsync(1)
    expect(behind.status.bytes).toBeGreaterThan(2_000)
  })

  it('refuses only the entries the store cannot take', async () => {
    const { store, behind } = begin()
    const writer = behind.writer('conv_1', 0)
    const { append } = store
    store.append = (id, entries, revision) =>
      entries.some((entry) => entry.type === 'item' && entry.item.id === 'bad')
        ? Promise.reject(new RealtimeError('invalid_value', 'Not this one.'))
        : append(id, entries, revision)
    const all = ['a', 'b', 'bad', 'c'].map((words) => outcome(writer.append([said(words)])))
    await soon()
    expect(await Promise.all(all)).toEqual([1, 2, 'invalid_value', 3])
    expect(await stored(store)).toEqual(['a', 'b', 'c'])
  })

  it('lets a conversation be loaded with what waits, where it began while the store was gone', async () => {
    const { store, behind } = begin()
    store.mood = 'fails'
    const writer = behind.writer('conv_1', 0)
    void writer.append([said('a')])
    writer.close()
    const loading = behind.load('conv_1')
    await vi.advanceTimersByTimeAsync(5_000)
    expect(await loading).toMatchObject({ revision: 1, entries: [{ revision: 1, entry: said('a') }] })
    const next = behind.writer('conv_1', 1)
    void next.append([said('b')])
    store.mood = 'works'
    await soon()
    expect(await stored(store)).toEqual(['a', 'b'])
  })

  it('says clearly that a stored conversation cannot be loaded', async () => {
    const { store, behind } = begin()
    await behind.append('conv_1', [said('a')], 0)
    store.mood = 'hangs'
    const loading = outcome(behind.load('conv_1'))
    await vi.advanceTimersByTimeAsync(5_000)
    expect(await loading).toBe('store_unavailable')
    void behind.writer('conv_1', 1).append([said('b')])
    const withWaiting = outcome(behind.load('conv_1'))
    await vi.advanceTimersByTimeAsync(5_000)
    expect(await withWaiting).toBe('store_unavailable')
  })

  it('waits with a load for what is on its way', async () => {
    const { behind } = begin()
    void behind.writer('conv_1', 0).append([said('a')])
    expect(await behind.load('conv_1')).toMatchObject({ revision: 1 })
  })

  it('tells a session at once that another process has its conversation, and stores nothing', async () => {
    const { store, behind } = begin()
    const writer = behind.writer('conv_1', 0)
    await writer.append([said('a')])
    await store.append('conv_1', [said('of a rival')], 1)
    expect(await outcome(writer.append([said('b')]))).toBe('revision_conflict')
    expect(await stored(store)).toEqual(['a', 'of a rival'])
  })

  it('stores behind the rival what waited when he came, as soon as he has left', async () => {
    let isHeld = true
    const { store, behind } = begin({ isHeld: async () => isHeld })
    const writer = behind.writer('conv_1', 0)
    store.mood = 'fails'
    const told = outcome(writer.append([said('a'), said('b')]))
    await vi.advanceTimersByTimeAsync(1_000)
    store.mood = 'works'
    await store.append('conv_1', [said('of a rival')], 0)
    await soon()
    expect(await told).toBe('revision_conflict')
    expect(await stored(store)).toEqual(['of a rival'])
    isHeld = false
    await soon()
    expect(await stored(store)).toEqual(['of a rival', 'a', 'b'])
  })

  it('goes on behind a fact that another process has pinned', async () => {
    const { store, behind } = begin()
    const writer = behind.writer('conv_1', 0)
    await writer.append([said('a')])
    await store.append('conv_1', [{ type: 'pinned', factId: 'f', text: 'x' }], 1)
    expect(await writer.append([said('b')])).toBe(3)
    expect(await stored(store)).toEqual(['a', 'pinned', 'b'])
  })

  it('lets others append to a live conversation of this process', async () => {
    const { store, behind } = begin()
    const writer = behind.writer('conv_1', 0)
    await writer.append([said('a')])
    expect(await behind.append('conv_1', [{ type: 'pinned', factId: 'f', text: 'x' }], 1)).toBe(2)
    expect(await writer.append([said('b')])).toBe(3)
    expect(await outcome(behind.append('conv_1', [said('late')], 1))).toBe('revision_conflict')
    expect(await stored(store)).toEqual(['a', 'pinned', 'b'])
  })

  it('brings nothing back of a conversation that was deleted', async () => {
    const { store, behind } = begin()
    const writer = behind.writer('conv_1', 0)
    await writer.append([said('a')])
    await store.delete('conv_1')
    expect(await outcome(writer.append([said('b')]))).toBe('revision_conflict')
    expect(await store.load('conv_1')).toBeUndefined()
  })

  it('ends a writer when another takes the conversation', async () => {
    const { behind } = begin()
    const old = behind.writer('conv_1', 0)
    await old.append([said('a')])
    const next = behind.writer('conv_1', 1)
    expect(await outcome(old.append([said('b')]))).toBe('revision_conflict')
    expect(await next.append([said('c')])).toBe(2)
  })

  it('keeps sound until its item is stored', async () => {
    const { store, behind } = begin()
    const writer = behind.writer('conv_1', 0)
    store.mood = 'fails'
    void writer.append([said('a')])
    const part = { itemId: 'a', contentIndex: 0 }
    const audio = { ...part, mediaType: 'audio/wav', durationMs: 1, bytes: Uint8Array.of(1, 2) }
    const kept = behind.putAudio('conv_1', audio)
    store.mood = 'works'
    await soon()
    await kept
    expect(await store.loadAudio('conv_1', part)).toEqual(audio)
  })

  it('flushes what waits, and says how much still does', async () => {
    const { store, behind } = begin({ baseDelayMs: 3_600_000, maxDelayMs: 3_600_000 })
    store.mood = 'fails'
    const writer = behind.writer('conv_1', 0)
    const appended = outcome(writer.append([said('a')]))
    await vi.advanceTimersByTimeAsync(10)
    const inVain = behind.flush(100)
    await vi.advanceTimersByTimeAsync(100)
    expect(await inVain).toBe(1)
    store.mood = 'works'
    expect(await behind.flush(100)).toBe(0)
    expect(await appended).toBe(1)
  })
})
