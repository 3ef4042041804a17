import type { Bench } from '../bench.ts'
import type { Clause } from '../clause.ts'
import { check } from '../outcome.ts'
import { at } from '../reader.ts'
import { refusal } from '../refusal.ts'
import { sources } from '../sources.ts'

/** What becomes of frames that are no event: an error and a session that goes on, never silence or a cut call. */
export const malformedClauses: readonly Clause[] = [
  frame('malformed.not-json', 'Text that is not JSON', () => '{"type": "session.upd'),
  frame('malformed.empty', 'An empty frame', () => ''),
  frame('malformed.null', 'null', () => 'null'),
  frame('malformed.array', 'A list', () => '[{"type":"session.update"}]'),
  frame('malformed.number', 'A number', () => '42'),
  frame('malformed.no-type', 'An event without a type', () => '{"session":{}}'),
  frame('malformed.type-number', 'An event whose type is a number', () => '{"type":7}'),
  frame('malformed.deep', 'An event nested ten thousand deep', () => nested(10_000)),
  event('malformed.unknown-type', 'An event of an unknown type', { type: 'session.levitate' }),
  event('malformed.session-list', 'A session that is a list', { type: 'session.update', session: [] }),
  event('malformed.item-text', 'An item that is text', { type: 'conversation.item.create', item: 'hello' }),
  event('malformed.no-item', 'An item that is missing', { type: 'conversation.item.create' }),
  event('malformed.audio-number', 'Sound that is a number', { type: 'input_audio_buffer.append', audio: 42 }),
  event('malformed.response-number', 'A response that is a number', { type: 'response.create', response: 7 }),
  {
    id: 'malformed.event-id-number',
    level: 'should',
    title: 'An event_id that is a number is refused, or ignored',
    source: sources.clientEvents,
    async run(bench) {
      const client = await bench.session()
      const since = client.events.length
      client.sendRaw(JSON.stringify({ event_id: 7, type: 'session.update', session: bench.wire.session({}) }))
      const answer = await client.next(
        'session.updated or an error',
        ({ type }) => type === 'session.updated' || type === 'error',
        { since },
      )
      await stillAnswers(bench, client)
      check(
        answer.type !== 'error' || at(answer, 'error.message') !== undefined,
        'an error with a message',
        answer,
      )
    },
  },
  {
    id: 'malformed.event-id-huge',
    level: 'should',
    title: 'An event_id of 100,000 characters is refused, or echoed',
    source: sources.clientEvents,
    async run(bench) {
      const client = await bench.session()
      await refusal(
        bench,
        client,
        { type: 'session.levitate', event_id: 'x'.repeat(100_000) },
        { namesEvent: false },
      )
    },
  },
  {
    id: 'malformed.binary',
    level: 'should',
    title: 'A binary frame is refused by an error, or the connection is closed with 1003 or 1007',
    source: sources.webSocketGuide,
    async run(bench) {
      const client = await bench.session()
      const since = client.events.length
      client.sendRaw(new Uint8Array([1, 2, 3, 4]))
      const answered = () => client.events.slice(since).some(({ type }) => type === 'error')
      await client.until(() => answered() || client.closed !== undefined)
      const isClosed = client.closed !== undefined && [1003, 1007, 1008].includes(client.closed.code)
      check(answered() || isClosed, 'an error, or a close with 1003', client.summary(since))
      if (client.closed === undefined) await stillAnswers(bench, client)
    },
  },
  {
    id: 'malformed.names-event',
    level: 'must',
    title: 'The error of an unknown event names it in error.event_id',
    source: sources.serverEvents,
    async run(bench) {
      const client = await bench.session()
      const error = await refusal(bench, client, { type: 'session.levitate', event_id: 'check_named' })
      check(at(error, 'error.event_id') === 'check_named', 'error.event_id "check_named"', error)
    },
  },
]

function frame(id: string, title: string, make: () => string): Clause {
  return {
    id,
    level: 'must',
    title: `${title} is refused by an error; the session goes on`,
    source: sources.serverEvents,
    async run(bench) {
      await refusal(bench, await bench.session(), make())
    },
  }
}

function event(id: string, title: string, sent: Readonly<Record<string, unknown>>): Clause {
  return {
    id,
    level: 'must',
    title: `${title} is refused by an error that names it; the session goes on`,
    source: sources.serverEvents,
    async run(bench) {
      await refusal(bench, await bench.session(), sent)
    },
  }
}

function nested(depth: number): string {
  return `{"type":"session.levitate","deep":${'['.repeat(depth)}${']'.repeat(depth)}}`
}

async function stillAnswers(bench: Bench, client: Awaited<ReturnType<Bench['session']>>): Promise<void> {
  const session = bench.wire.session({ instructions: 'Still here.' })
  await client.ask({ type: 'session.update', session }, 'session.updated')
}
