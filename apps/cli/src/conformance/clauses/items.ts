import type { Bench } from '../bench.ts'
import type { Clause } from '../clause.ts'
import { ClauseFailure, check } from '../outcome.ts'
import type { Client } from '../client.ts'
import { answerTo, shortQuestion, write } from '../exchanges.ts'
import { at, hasText, textAt } from '../reader.ts'
import type { WireEvent } from '../reader.ts'
import { refusal } from '../refusal.ts'
import { sources } from '../sources.ts'

/** What has to hold of the items of a conversation. */
export const itemClauses: readonly Clause[] = [
  {
    id: 'items.added',
    level: 'must',
    title: 'A created item is announced with its content and an id',
    source: sources.clientEvents,
    async run(bench) {
      const client = await bench.session()
      const added = await create(bench, client, { text: 'First.' })
      check(hasText(added, 'item.id'), 'item.id', added)
      check(
        at(added, 'item.type') === 'message' && at(added, 'item.role') === 'user',
        'a user message',
        added,
      )
      check(at(added, 'item.content.0.text') === 'First.', 'the content that was sent', added)
    },
  },
  {
    id: 'items.done',
    level: 'must',
    title: 'conversation.item.done follows conversation.item.added for a written item',
    source: sources.serverEvents,
    dialects: ['openai-ga'],
    async run(bench) {
      const client = await bench.session()
      const added = await create(bench, client, { text: 'First.' })
      const done = await client.nextOf('conversation.item.done')
      check(at(done, 'item.id') === at(added, 'item.id'), 'conversation.item.done of the same item', done)
      check(client.events.indexOf(done) > client.events.indexOf(added), 'done after added', client.summary())
    },
  },
  {
    id: 'items.client-id',
    level: 'must',
    title: 'An id that the client gives is kept',
    source: sources.clientEvents,
    async run(bench) {
      const added = await create(bench, await bench.session(), { text: 'First.', id: 'check_item_1' })
      check(at(added, 'item.id') === 'check_item_1', 'item.id "check_item_1"', added)
    },
  },
  {
    id: 'items.previous',
    level: 'must',
    title: 'previous_item_id is the item before, and null or left out for the first',
    source: sources.serverEvents,
    async run(bench) {
      const client = await bench.session()
      const first = await create(bench, client, { text: 'First.' })
      check((at(first, 'previous_item_id') ?? null) === null, 'previous_item_id null', first)
      const second = await create(bench, client, { text: 'Second.' })
      check(at(second, 'previous_item_id') === at(first, 'item.id'), 'the id of the first item', second)
    },
  },
  {
    id: 'items.insert',
    level: 'must',
    title: 'previous_item_id puts an item after another one, and "root" before all',
    source: sources.clientEvents,
    async run(bench) {
      const client = await bench.session()
      await create(bench, client, { text: 'First.', id: 'check_first' })
      await create(bench, client, { text: 'Third.', id: 'check_third' })
      const second = await create(bench, client, { text: 'Second.', after: 'check_first' })
      check(at(second, 'previous_item_id') === 'check_first', 'previous_item_id "check_first"', second)
      const zeroth = await create(bench, client, { text: 'Before all.', after: 'root' })
      const before = at(zeroth, 'previous_item_id') ?? null
      check(before === null || before === 'root', 'previous_item_id null or "root"', zeroth)
    },
  },
  {
    id: 'items.insert-unknown',
    level: 'must',
    title: 'An item after one that does not exist is refused',
    source: sources.clientEvents,
    async run(bench) {
      const client = await bench.session()
      await refusal(bench, client, { ...creation({ text: 'Lost.' }), previous_item_id: 'item_nowhere' })
    },
  },
  {
    id: 'items.bad-content',
    level: 'must',
    title: 'An item of an unknown type is refused',
    source: sources.clientEvents,
    async run(bench) {
      const item = { type: 'telegram', content: [] }
      await refusal(bench, await bench.session(), { type: 'conversation.item.create', item })
    },
  },
  {
    id: 'items.retrieve',
    level: 'must',
    title: 'A retrieved item is the one that was created',
    source: sources.clientEvents,
    async run(bench) {
      const client = await bench.session()
      const added = await create(bench, client, { text: 'Remember me.' })
      const event = { type: 'conversation.item.retrieve', item_id: at(added, 'item.id') }
      const retrieved = await client.ask(event, 'conversation.item.retrieved')
      check(at(retrieved, 'item.id') === at(added, 'item.id'), 'the same item.id', retrieved)
      check(at(retrieved, 'item.content.0.text') === 'Remember me.', 'the same content', retrieved)
    },
  },
  {
    id: 'items.retrieve-unknown',
    level: 'must',
    title: 'Retrieving what does not exist is refused',
    source: sources.clientEvents,
    async run(bench) {
      const client = await bench.session()
      await refusal(bench, client, { type: 'conversation.item.retrieve', item_id: 'item_nowhere' })
    },
  },
  {
    id: 'items.delete',
    level: 'must',
    title: 'A deleted item is gone',
    source: sources.clientEvents,
    async run(bench) {
      const client = await bench.session()
      const itemId = await write(bench, client, 'Forget me.')
      const event = { type: 'conversation.item.delete', item_id: itemId }
      const deleted = await client.ask(event, 'conversation.item.deleted')
      check(at(deleted, 'item_id') === itemId, `item_id "${itemId}"`, deleted)
      await refusal(bench, client, { type: 'conversation.item.retrieve', item_id: itemId })
    },
  },
  {
    id: 'items.delete-unknown',
    level: 'must',
    title: 'Deleting what does not exist is refused',
    source: sources.clientEvents,
    async run(bench) {
      const client = await bench.session()
      await refusal(bench, client, { type: 'conversation.item.delete', item_id: 'item_nowhere' })
    },
  },
  {
    id: 'items.truncate-unknown',
    level: 'must',
    title: 'Truncating what does not exist is refused',
    source: sources.clientEvents,
    async run(bench) {
      await refusal(bench, await bench.session(), truncation('item_nowhere', 0))
    },
  },
  {
    id: 'items.truncate-user',
    level: 'must',
    title: 'Truncating a message of the user is refused',
    source: sources.clientEvents,
    async run(bench) {
      const client = await bench.session()
      await refusal(bench, client, truncation(await write(bench, client, shortQuestion), 0))
    },
  },
  {
    id: 'items.truncate',
    level: 'must',
    title: 'A spoken answer is truncated to what was heard',
    source: sources.conversations,
    needs: ['audio'],
    async run(bench) {
      const { client, itemId } = await spokenAnswer(bench)
      const truncated = await client.ask(truncation(itemId, 100), 'conversation.item.truncated')
      check(at(truncated, 'item_id') === itemId, `item_id "${itemId}"`, truncated)
      check(at(truncated, 'content_index') === 0, 'content_index 0', truncated)
      check(at(truncated, 'audio_end_ms') === 100, 'audio_end_ms 100', truncated)
    },
  },
  {
    id: 'items.truncate-too-long',
    level: 'must',
    title: 'Truncating beyond the end of the sound is refused',
    source: sources.clientEvents,
    needs: ['audio'],
    async run(bench) {
      const { client, itemId } = await spokenAnswer(bench)
      await refusal(bench, client, truncation(itemId, 3_600_000))
    },
  },
  {
    id: 'items.answer-kept',
    level: 'must',
    title: 'A spoken answer can be retrieved with its transcript',
    source: sources.conversations,
    needs: ['audio'],
    async run(bench) {
      const { client, itemId } = await spokenAnswer(bench)
      const event = { type: 'conversation.item.retrieve', item_id: itemId }
      const retrieved = await client.ask(event, 'conversation.item.retrieved')
      check(at(retrieved, 'item.role') === 'assistant', 'an assistant message', retrieved)
      check(hasText(retrieved, 'item.content.0.transcript'), 'its transcript', retrieved)
    },
  },
]

interface NewItem {
  readonly text: string
  readonly id?: string
  readonly after?: string
}

function creation({ text, id, after }: NewItem): Readonly<Record<string, unknown>> {
  const item = { ...(id && { id }), type: 'message', role: 'user', content: [{ type: 'input_text', text }] }
  return { type: 'conversation.item.create', ...(after && { previous_item_id: after }), item }
}

async function create(bench: Bench, client: Client, item: NewItem): Promise<WireEvent> {
  return client.ask(creation(item), bench.wire.itemAdded)
}

function truncation(itemId: string, endMs: number): Readonly<Record<string, unknown>> {
  return { type: 'conversation.item.truncate', item_id: itemId, content_index: 0, audio_end_ms: endMs }
}

/** A connection of its own with a spoken answer, since what is truncated cannot be shared. */
async function spokenAnswer(bench: Bench): Promise<{ readonly client: Client; readonly itemId: string }> {
  const client = await bench.session({ output: 'audio' })
  const { done, events } = await answerTo(bench, client, shortQuestion)
  if (!events.some(({ type }) => type === bench.wire.audioDelta)) {
    throw new ClauseFailure('a spoken answer', client.summary())
  }
  return { client, itemId: textAt(done, 'response.output.0.id') ?? '' }
}
