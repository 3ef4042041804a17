import { openaiGa } from '@parley/core'
import type { Item, ServerEvent } from '@parley/core'
import { memoryStore } from '@parley/core/storage'
import type { ContextEntry, StoredContext } from '@parley/core/storage'
import { describe, expect, it } from 'vitest'
import { lastWords } from './last-words.ts'

const user = (id: string, text: string): Item => ({
  id,
  type: 'message',
  role: 'user',
  status: 'completed',
  content: [{ type: 'input_text', text }],
})

const assistant = (id: string, text: string): Item => ({
  id,
  type: 'message',
  role: 'assistant',
  status: 'completed',
  content: [{ type: 'output_text', text }],
})

async function storedItems(items: readonly Item[]): Promise<StoredContext | undefined> {
  await using store = memoryStore()
  const entries: readonly ContextEntry[] = items.map((item, index) => ({
    type: 'item',
    item,
    previousItemId: items[index - 1]?.id ?? null,
  }))
  await store.append('conv_1', entries, 0)
  return await store.load('conv_1')
}

const toldOf = (item: Item): readonly ServerEvent[] => [
  { type: 'conversation.item.added', event_id: 'e', item, previous_item_id: null },
  { type: 'conversation.item.done', event_id: 'e', item, previous_item_id: null },
]

/** An answer as far as its words. */
const begun = (words: string): readonly ServerEvent[] => [
  { type: 'response.created', event_id: 'e', response: { id: 'r1', status: 'in_progress' } },
  {
    type: 'response.output_item.added',
    event_id: 'e',
    response_id: 'r1',
    output_index: 0,
    item: { ...assistant('a1', ''), status: 'in_progress', content: [] } as Item,
  },
  {
    type: 'conversation.item.added',
    event_id: 'e',
    item: { ...assistant('a1', ''), status: 'in_progress', content: [] } as Item,
    previous_item_id: 'u1',
  },
  ...(words === ''
    ? []
    : ([
        {
          type: 'response.output_audio_transcript.delta',
          event_id: 'e',
          response_id: 'r1',
          item_id: 'a1',
          output_index: 0,
          content_index: 0,
          delta: words,
        },
      ] as const)),
]

async function wordsFor(told: readonly ServerEvent[], items: readonly Item[], isComplete = true) {
  const stored = await storedItems(items)
  let ids = 0
  return lastWords({ told, stored, openedAt: 0, isComplete, newId: (prefix) => `${prefix}_${(ids += 1)}` })
}

const types = (events: readonly ServerEvent[]): readonly string[] => events.map(({ type }) => type)

describe('the last words of a process', () => {
  it('are none when everything stored was told', async () => {
    const items = [user('u1', 'Hello?'), assistant('a1', 'Hello.')]
    expect(await wordsFor(items.flatMap(toldOf), items)).toEqual({
      entries: [],
      events: [],
      hasCutAnswer: false,
      cutRequestIds: [],
      unfinishedItemId: undefined,
    })
  })

  it('end an answer as far as it was told, and keep it', async () => {
    const words = await wordsFor([...toldOf(user('u1', 'Hello?')), ...begun('Hel')], [user('u1', 'Hello?')])
    const item = { id: 'a1', status: 'incomplete', content: [{ type: 'output_audio', transcript: 'Hel' }] }
    expect(words.entries).toMatchObject([{ type: 'item', item, previousItemId: 'u1' }])
    expect(types(words.events)).toEqual([
      'conversation.item.done',
      'response.output_item.done',
      'response.done',
    ])
    expect(words.events.at(-1)).toMatchObject({ response: { id: 'r1', status: 'failed', output: [item] } })
    expect(words).toMatchObject({ hasCutAnswer: true, unfinishedItemId: 'a1' })
    for (const event of words.events) expect(openaiGa.acceptor().encode(event)).toHaveLength(1)
  })

  it('end an answer that had no words yet, which may be given again', async () => {
    const words = await wordsFor([...toldOf(user('u1', 'Hello?')), ...begun('')], [user('u1', 'Hello?')])
    expect(words.entries).toMatchObject([{ item: { id: 'a1', status: 'incomplete', content: [] } }])
    expect(words.events.at(-1)).toMatchObject({ type: 'response.done', response: { status: 'failed' } })
    expect(words).toMatchObject({ hasCutAnswer: false, unfinishedItemId: undefined })
  })

  it('give an answer whole that was stored and not told', async () => {
    const items = [user('u1', 'Hello?'), assistant('a1', 'Hello.')]
    const words = await wordsFor([...toldOf(user('u1', 'Hello?')), ...begun('Hel')], items)
    expect(words.entries).toEqual([])
    expect(words.events[0]).toMatchObject({ type: 'conversation.item.done', item: assistant('a1', 'Hello.') })
    expect(words.unfinishedItemId).toBeUndefined()
  })

  it('tell what is stored and was not told', async () => {
    const items = [user('u1', 'Hello?'), assistant('a1', 'Hello.')]
    const words = await wordsFor(toldOf(user('u1', 'Hello?')), items)
    expect(words.events).toMatchObject([
      { type: 'conversation.item.added', item: { id: 'a1' }, previous_item_id: 'u1' },
      { type: 'conversation.item.done', item: { id: 'a1' }, previous_item_id: 'u1' },
    ])
  })

  it('take back what came from the client and was not told: it comes again', async () => {
    const items = [user('u1', 'Hello?'), assistant('a1', 'Hello.'), user('u2', 'More.')]
    const words = await wordsFor(items.slice(0, 2).flatMap(toldOf), items)
    expect(words).toMatchObject({ entries: [{ type: 'deleted', itemId: 'u2' }], events: [] })
    const begun = { type: 'conversation.item.added', event_id: 'e', previous_item_id: 'a1' } as const
    const half = [...items.slice(0, 2).flatMap(toldOf), { ...begun, item: user('u2', 'More.') }]
    expect((await wordsFor(half, items)).events).toMatchObject([
      { type: 'conversation.item.deleted', item_id: 'u2' },
    ])
  })

  it('leave alone what was there before, when nothing says where the session began', async () => {
    const items = [user('u1', 'Hello?'), assistant('a1', 'Hello.')]
    expect(await wordsFor([], items, false)).toEqual({
      entries: [],
      events: [],
      hasCutAnswer: false,
      cutRequestIds: [],
      unfinishedItemId: undefined,
    })
  })

  it('store an answer that was told whole and not stored, and say that it is in the conversation', async () => {
    const item = assistant('a1', 'Hello.')
    const told: readonly ServerEvent[] = [
      ...toldOf(user('u1', 'Hello?')),
      ...begun('Hello.'),
      { type: 'response.output_item.done', event_id: 'e', response_id: 'r1', output_index: 0, item },
    ]
    const words = await wordsFor(told, [user('u1', 'Hello?')])
    expect(words.entries).toMatchObject([{ type: 'item', item, previousItemId: 'u1' }])
    expect(types(words.events)).toEqual(['conversation.item.done', 'response.done'])
    expect(words.hasCutAnswer).toBe(true)
  })

  it('store what the client was told of before its answer, in its place, when the store was late', async () => {
    const [item, question] = [assistant('a1', 'Hello.'), user('u1', 'Hello?')]
    const told: readonly ServerEvent[] = [
      ...toldOf(question),
      ...begun('Hello.'),
      { type: 'response.output_item.done', event_id: 'e', response_id: 'r1', output_index: 0, item },
    ]
    expect((await wordsFor(told, [])).entries).toEqual([
      { type: 'item', item: question, previousItemId: null },
      { type: 'item', item, previousItemId: 'u1' },
    ])
  })

  it('store an answer as far as it was said to have been heard', async () => {
    const item = assistant('a1', 'Hello. How are you?')
    const told: readonly ServerEvent[] = [
      ...toldOf(user('u1', 'Hello?')),
      ...begun('Hello. How are you?'),
      { type: 'response.output_item.done', event_id: 'e', response_id: 'r1', output_index: 0, item },
      {
        type: 'conversation.item.truncated',
        event_id: 'e',
        item_id: 'a1',
        content_index: 0,
        audio_end_ms: 400,
        parley: { heard_transcript: 'Hello.' },
      },
    ]
    expect((await wordsFor(told, [user('u1', 'Hello?')])).entries).toMatchObject([
      { type: 'item', item },
      { type: 'truncated', itemId: 'a1', audioEndMs: 400, heardTranscript: 'Hello.' },
    ])
  })

  it('leave out what the user spoke, which comes again as sound', async () => {
    const spoken: Item = {
      id: 'u1',
      type: 'message',
      role: 'user',
      status: 'completed',
      content: [{ type: 'input_audio', transcript: 'Hello?' }],
    }
    expect((await wordsFor(toldOf(spoken), [])).entries).toEqual([])
  })

  it('name the request whose answer was cut off, where the client gave it a name', async () => {
    const told = begun('Hel').map((event) =>
      event.type === 'response.created' ? { ...event, parley: { requested_by: 'event_7' } } : event,
    )
    const words = await wordsFor([...toldOf(user('u1', 'Hello?')), ...told], [user('u1', 'Hello?')])
    expect(words).toMatchObject({ hasCutAnswer: false, cutRequestIds: ['event_7'] })
  })

  it('name the request of an answer that was told to its end and is not in the log', async () => {
    const item = assistant('a1', 'Hello.')
    const told: readonly ServerEvent[] = [
      ...toldOf(user('u1', 'Hello?')),
      ...begun('Hello.').map((event) =>
        event.type === 'response.created' ? { ...event, parley: { requested_by: 'event_7' } } : event,
      ),
      { type: 'response.output_item.done', event_id: 'e', response_id: 'r1', output_index: 0, item },
      { type: 'conversation.item.done', event_id: 'e', item, previous_item_id: 'u1' },
      { type: 'response.done', event_id: 'e', response: { id: 'r1', status: 'completed', output: [item] } },
    ]
    const words = await wordsFor(told, [user('u1', 'Hello?')])
    expect(words.entries).toMatchObject([{ type: 'item', item, previousItemId: 'u1' }])
    expect(words).toMatchObject({ events: [], hasCutAnswer: false, cutRequestIds: ['event_7'] })
  })
})
