import type { Clause } from '../clause.ts'
import { check } from '../outcome.ts'
import { checkOrder, step, textAnswer } from '../exchanges.ts'
import { at, listAt, numberAt, textAt, typesOf } from '../reader.ts'
import { sources } from '../sources.ts'

/** What has to hold of a response, shown on a written one. */
export const responseClauses: readonly Clause[] = [
  {
    id: 'responses.created',
    level: 'must',
    title: 'response.created comes before all else of a response, with status in_progress',
    source: sources.serverEvents,
    async run(bench) {
      const { created, events, id } = await textAnswer(bench)
      check(id !== '', 'response.id', created)
      check(at(created, 'response.status') === 'in_progress', 'status "in_progress"', created)
      check(events[0] === created, 'response.created first', typesOf(events))
      check(at(created, 'response.object') === 'realtime.response', 'object "realtime.response"', created)
    },
  },
  {
    id: 'responses.order',
    level: 'must',
    title: 'A written answer has its events in the documented order',
    source: sources.conversations,
    async run(bench) {
      const { events } = await textAnswer(bench)
      const { textDelta, textDone } = bench.wire
      const types = [
        'response.created',
        'response.output_item.added',
        'response.content_part.added',
        textDelta,
      ]
      const ends = [textDone, 'response.content_part.done', 'response.output_item.done', 'response.done']
      checkOrder(events, [...types, ...ends].map(step), typesOf(events))
      const lastDelta = events.findLastIndex(({ type }) => type === textDelta)
      check(
        lastDelta < events.findLastIndex(({ type }) => type === textDone),
        'no delta after done',
        typesOf(events),
      )
    },
  },
  {
    id: 'responses.done-once',
    level: 'must',
    title: 'response.done comes once and last, with status completed',
    source: sources.serverEvents,
    async run(bench) {
      const { events, done } = await textAnswer(bench)
      check(at(done, 'response.status') === 'completed', 'status "completed"', at(done, 'response'))
      check(
        events.filter(({ type }) => type === 'response.done').length === 1,
        'one response.done',
        typesOf(events),
      )
      check(events.at(-1) === done, 'nothing of the response after response.done', typesOf(events))
    },
  },
  {
    id: 'responses.ids',
    level: 'must',
    title: 'Each event names its response, item, output_index and content_index, and always the same',
    source: sources.serverEvents,
    async run(bench) {
      const { all, id } = await textAnswer(bench)
      const parts = all.filter(({ type }) => /^response\.(content_part|(output_)?text)\./.test(type))
      check(parts.length > 0, 'events of a content part', typesOf(all))
      for (const event of parts) {
        check(event['response_id'] === id, `response_id "${id}"`, event)
        const item = all.find(
          (added) => added.type === 'response.output_item.added' && at(added, 'item.id') === event['item_id'],
        )
        check(item !== undefined, 'the item_id of an output item that was added', event)
        check(
          event['output_index'] === item['output_index'],
          `output_index ${String(item['output_index'])}`,
          event,
        )
        check(Number.isInteger(event['content_index']), 'content_index', event)
      }
    },
  },
  {
    id: 'responses.deltas',
    level: 'must',
    title: 'The deltas make up the text of done, of the content part and of the item',
    source: sources.serverEvents,
    async run(bench) {
      const { events, done } = await textAnswer(bench)
      const { textDelta, textDone } = bench.wire
      for (const whole of events.filter(({ type }) => type === textDone)) {
        const mine = events.filter((event) => event['item_id'] === whole['item_id'])
        const text = mine
          .filter(({ type }) => type === textDelta)
          .map((event) => textAt(event, 'delta') ?? '')
        check(text.length > 0 && text.join('') === whole['text'], `text "${text.join('')}"`, whole)
        const part = mine.find(({ type }) => type === 'response.content_part.done')
        check(at(part, 'part.text') === whole['text'], `part.text "${String(whole['text'])}"`, part)
        const item = listAt(done, 'response.output').find((output) => at(output, 'id') === whole['item_id'])
        check(at(item, 'content.0.text') === whole['text'], `content[0].text of the item`, item ?? done)
      }
    },
  },
  {
    id: 'responses.content-type',
    level: 'must',
    title: "What the assistant writes has the dialect's content type",
    source: sources.conversations,
    async run(bench) {
      const { done } = await textAnswer(bench)
      const type = at(done, 'response.output.0.content.0.type')
      check(
        type === bench.wire.textContent,
        `content type "${bench.wire.textContent}"`,
        at(done, 'response.output'),
      )
    },
  },
  {
    id: 'responses.output',
    level: 'must',
    title: 'response.done has the items that response.output_item.done had',
    source: sources.serverEvents,
    async run(bench) {
      const { events, done } = await textAnswer(bench)
      const items = events.filter(({ type }) => type === 'response.output_item.done')
      const output = listAt(done, 'response.output')
      check(output.length > 0 && output.length === items.length, `${items.length} items in output`, output)
      for (const event of items) {
        const item = at(output, String(event['output_index']))
        check(at(item, 'id') === at(event, 'item.id'), 'the same id at the same index', { item, event })
        check(at(item, 'status') === 'completed', 'status "completed"', item)
      }
    },
  },
  {
    id: 'responses.conversation',
    level: 'must',
    title: 'The answer is announced as an item of the conversation, after the question',
    source: sources.conversations,
    async run(bench) {
      const { all, done, userItem } = await textAnswer(bench)
      const itemId = textAt(done, 'response.output.0.id')
      const named = (type: string) =>
        all.find((event) => event.type === type && at(event, 'item.id') === itemId)
      const added = named(bench.wire.itemAdded)
      check(added !== undefined, `${bench.wire.itemAdded} of the answer`, typesOf(all))
      check(added['previous_item_id'] === userItem, `previous_item_id "${userItem}"`, added)
      if (bench.wire.itemDone === undefined) return
      const finished = named(bench.wire.itemDone)
      check(finished !== undefined, `${bench.wire.itemDone} of the answer`, typesOf(all))
    },
  },
  {
    id: 'responses.usage',
    level: 'must',
    title: 'response.done has a usage whose total is input and output, or null',
    source: sources.serverEvents,
    async run(bench) {
      const { done } = await textAnswer(bench)
      const usage = at(done, 'response.usage')
      if (usage === null) return
      const [input, output] = [numberAt(usage, 'input_tokens'), numberAt(usage, 'output_tokens')]
      check(input >= 0 && output >= 0, 'input_tokens and output_tokens', at(done, 'response.usage') ?? done)
      check(numberAt(usage, 'total_tokens') === input + output, `total_tokens ${input + output}`, usage)
    },
  },
  {
    id: 'responses.usage-details',
    level: 'should',
    title: 'A usage says how much of it is text and how much is sound',
    source: sources.serverEvents,
    async run(bench) {
      const { done } = await textAnswer(bench)
      const usage = at(done, 'response.usage')
      if (usage === null) return
      const details = ['input_token_details', 'output_token_details'].map((name) => at(usage, name))
      const isWhole = (detail: unknown) =>
        ['text_tokens', 'audio_tokens'].every((name) => numberAt(detail, name) >= 0)
      check(details.every(isWhole), 'details with text_tokens and audio_tokens', usage ?? done)
    },
  },
  {
    id: 'responses.metadata',
    level: 'should',
    title: 'The metadata of a response comes back with it',
    source: sources.clientEvents,
    async run(bench) {
      const { done } = await textAnswer(bench)
      const metadata = at(done, 'response.metadata')
      check(at(metadata, 'check') === 'conformance', 'metadata {"check":"conformance"}', metadata ?? 'none')
    },
  },
]
