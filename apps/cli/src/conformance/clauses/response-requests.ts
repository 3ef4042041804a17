import type { Clause } from '../clause.ts'
import { check, NotTried } from '../outcome.ts'
import { longQuestion, respond, write } from '../exchanges.ts'
import { at, hasText, textAt, typesOf } from '../reader.ts'
import type { WireEvent } from '../reader.ts'
import { refusal } from '../refusal.ts'
import { sources } from '../sources.ts'

/** What has to hold of asking for responses: in turns, one at a time, otherwise than the session, or not at all. */
export const requestClauses: readonly Clause[] = [
  {
    id: 'responses.second-turn',
    level: 'must',
    title: 'A second question in the same session is answered by a response of its own',
    source: sources.conversations,
    async run(bench) {
      const client = await bench.session()
      await write(bench, client, 'Please say one word.')
      const first = await respond(client)
      await write(bench, client, 'And another one, please.')
      const second = await respond(client)
      check(second.id !== first.id, 'another response id', second.id)
      const items = [first, second].map(({ done }) => textAt(done, 'response.output.0.id'))
      check(items[0] !== undefined && items[0] !== items[1], 'another item id', items)
    },
  },
  {
    id: 'responses.override',
    level: 'must',
    title: 'A response may have modalities of its own',
    source: sources.clientEvents,
    needs: ['audio'],
    async run(bench) {
      const client = await bench.session({ output: 'audio' })
      await write(bench, client, 'Please say one word.')
      const { events } = await respond(client, bench.wire.response({ output: 'text' }))
      const types = typesOf(events)
      check(
        events.some(({ type }) => type === bench.wire.textDone),
        bench.wire.textDone,
        types,
      )
      check(!events.some(({ type }) => type === bench.wire.audioDelta), `no ${bench.wire.audioDelta}`, types)
    },
  },
  {
    id: 'responses.invalid',
    level: 'must',
    title: 'A response with a value of a wrong kind is refused',
    source: sources.clientEvents,
    async run(bench) {
      const client = await bench.session()
      await write(bench, client, 'Please say one word.')
      await refusal(bench, client, { type: 'response.create', response: { [bench.wire.modalities]: 'loud' } })
    },
  },
  {
    id: 'responses.cancel',
    level: 'must',
    title: 'A cancelled response ends with status cancelled',
    source: sources.clientEvents,
    async run(bench) {
      const client = await bench.session()
      await write(bench, client, longQuestion)
      const since = client.events.length
      await client.ask({ type: 'response.create' }, 'response.created')
      client.send({ type: 'response.cancel' })
      const done = await client.nextOf('response.done', { since })
      const status = at(done, 'response.status')
      if (status === 'completed') throw new NotTried('the answer was complete before it could be cancelled')
      check(status === 'cancelled', 'status "cancelled"', at(done, 'response'))
      await client.listen(700)
      const late = client.events
        .slice(client.events.indexOf(done))
        .find(({ type }) => /^response\..*delta$/.test(type))
      check(late === undefined, 'no delta after response.done', late)
    },
  },
  {
    id: 'responses.cancel-reason',
    level: 'should',
    title: 'The details of a cancelled response say client_cancelled',
    source: sources.serverEvents,
    async run(bench) {
      const client = await bench.session()
      await write(bench, client, longQuestion)
      await client.ask({ type: 'response.create' }, 'response.created')
      client.send({ type: 'response.cancel' })
      const done = await client.nextOf('response.done')
      const status = at(done, 'response.status')
      if (status === 'completed') throw new NotTried('the answer was complete before it could be cancelled')
      const reason = at(done, 'response.status_details.reason')
      check(reason === 'client_cancelled', 'reason "client_cancelled"', at(done, 'response'))
    },
  },
  {
    id: 'responses.cancel-idle',
    level: 'must',
    title: 'Cancelling when nothing is being said is refused',
    source: sources.clientEvents,
    async run(bench) {
      await refusal(bench, await bench.session(), { type: 'response.cancel' })
    },
  },
  {
    id: 'responses.one-at-a-time',
    level: 'must',
    title: 'A second response.create while a response is active is refused, and the first goes on',
    source: sources.conversations,
    dialects: ['openai-ga', 'openai-beta'],
    async run(bench) {
      const client = await bench.session()
      await write(bench, client, longQuestion)
      const since = client.events.length
      const created = await client.ask({ type: 'response.create' }, 'response.created')
      const eventId = client.send({ type: 'response.create' })
      const isNext = (event: WireEvent) => event.type === 'response.created' && event !== created
      const answer = await client.next(
        'an error as answer to the second response.create',
        (event) => event.type === 'error' || isNext(event),
        { since },
      )
      if (answer.type !== 'error') {
        const first = client.events.slice(since, client.events.indexOf(answer))
        const status = at(
          first.find(({ type }) => type === 'response.done'),
          'response.status',
        )
        check(status === 'completed', 'no second response while the first is active', typesOf(first))
        throw new NotTried('the answer was complete before a second one could be asked for')
      }
      check(at(answer, 'error.event_id') === eventId, `error.event_id "${eventId}"`, answer)
      client.send({ type: 'response.cancel' })
    },
  },
  {
    id: 'responses.never-two',
    level: 'must',
    title: 'A second response.create is refused, or ends the first response before its own begins',
    source: sources.voiceLive,
    dialects: ['voice-live'],
    async run(bench) {
      const client = await bench.session()
      await write(bench, client, longQuestion)
      const since = client.events.length
      await client.ask({ type: 'response.create' }, 'response.created')
      client.send({ type: 'response.create' })
      const mark = client.events.length
      await client.next(
        'an error, or the end of the first response',
        ({ type }) => type === 'error' || type === 'response.done',
        { since: mark },
      )
      await client.listen(300)
      const events = client.events.slice(since).filter(({ type }) => /^response\.(created|done)$/.test(type))
      const isTwice = events.some(
        ({ type }, index) => type === 'response.created' && events[index - 1]?.type === type,
      )
      check(!isTwice, 'no two responses at a time', typesOf(events))
      client.send({ type: 'response.cancel' })
    },
  },
  {
    id: 'responses.out-of-band',
    level: 'must',
    title: 'A response outside the conversation adds nothing to it',
    source: sources.conversations,
    needs: ['out-of-band'],
    async run(bench) {
      const client = await bench.session()
      const userItem = await write(bench, client, 'Please say one word.')
      const { all, done } = await respond(client, {
        ...bench.wire.response({ output: 'text' }),
        conversation: 'none',
        metadata: { check: 'aside' },
      })
      check(at(done, 'response.status') === 'completed', 'status "completed"', at(done, 'response'))
      const id = at(done, 'response.conversation_id') ?? null
      check(id === null, 'conversation_id null', id)
      const isAnswer = ({ type, item }: WireEvent) =>
        type.startsWith('conversation.item.') && at(item, 'id') !== userItem
      const added = all.find(isAnswer)
      check(added === undefined, 'no item in the conversation', added)
      check(hasText(done, 'response.output.0.id'), 'an item in the output', at(done, 'response'))
    },
  },
]
