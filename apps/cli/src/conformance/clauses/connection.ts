import { randomBytes } from 'node:crypto'
import type { Bench } from '../bench.ts'
import type { Client } from '../client.ts'
import type { Clause } from '../clause.ts'
import { check, NotTried } from '../outcome.ts'
import { sources } from '../sources.ts'

/** Well over the 15 MiB that one event may carry. */
const oversizedBytes = 24 * 1024 * 1024

/** What has to hold of the WebSocket below the events. */
export const connectionClauses: readonly Clause[] = [
  {
    id: 'connection.ping',
    level: 'must',
    title: 'A ping is answered by a pong with the same data',
    source: sources.webSocket,
    async run(bench) {
      const client = await bench.open()
      const data = randomBytes(8).toString('hex')
      client.socket.ping(data)
      await client.until(() => client.pongs.includes(data) || client.closed !== undefined)
      check(client.pongs.includes(data), `a pong with "${data}"`, client.pongs.join(', ') || client.summary())
    },
  },
  {
    id: 'connection.close',
    level: 'must',
    title: 'A normal close is answered, with the code that was sent',
    source: sources.webSocket,
    async run(bench) {
      const client = await bench.open()
      client.socket.close(1000, 'done')
      await client.until(() => client.closed !== undefined, 3000)
      const found = client.closed ? `${client.closed.code}` : 'no answer to the close within 3 s'
      check(client.closed?.code === 1000, 'a close with 1000', found)
    },
  },
  {
    id: 'connection.fragments',
    level: 'must',
    title: 'An event in several fragments is one event',
    source: sources.webSocket,
    async run(bench) {
      const client = await bench.session()
      const since = client.events.length
      const session = bench.wire.session({ instructions: 'In three pieces.' })
      const text = JSON.stringify({ type: 'session.update', session })
      const third = Math.ceil(text.length / 3)
      client.frames.push({ from: 'client', atMs: 0, data: text })
      for (const index of [0, 1, 2]) {
        client.socket.send(text.slice(index * third, (index + 1) * third), { fin: index === 2 })
      }
      await client.nextOf('session.updated', { since })
    },
  },
  {
    id: 'connection.oversized',
    level: 'must',
    title:
      'A frame that is too large is never met with silence: an error, a close with a code, or it is taken',
    source: sources.clientEvents,
    async run(bench) {
      const { client, since } = await withOversizedFrame(bench)
      const code = client.closed?.code
      const isNamed = code !== undefined && code !== 1005 && code !== 1006
      const isAnswered = client.closed === undefined ? client.events.length > since : isNamed
      check(
        isAnswered,
        'an error, a close with a code, or an answer to what came after',
        client.summary(since),
      )
    },
  },
  {
    id: 'connection.limit',
    level: 'should',
    title: 'A frame over the documented 15 MiB is refused',
    source: sources.clientEvents,
    async run(bench) {
      const { client, since } = await withOversizedFrame(bench)
      const isError = client.events.slice(since).some(({ type }) => type === 'error')
      check(isError || client.closed !== undefined, 'an error, or a close', client.summary(since))
    },
  },
  {
    id: 'connection.utf8',
    level: 'should',
    title: 'Text beyond ASCII comes back as it was sent',
    source: sources.webSocket,
    async run(bench) {
      const client = await bench.session()
      const instructions = 'Grüße, 你好, 🎧'
      const session = bench.wire.session({ instructions })
      const event = await client.ask({ type: 'session.update', session }, 'session.updated')
      const text = JSON.stringify(event)
      check(text.includes(instructions), `instructions "${instructions}"`, event)
    },
  },
]

/** A session after a frame of 24 MiB and an update that shows whether it goes on. */
async function withOversizedFrame(
  bench: Bench,
): Promise<{ readonly client: Client; readonly since: number }> {
  const client = await bench.session()
  const since = client.events.length
  client.send({ type: 'input_audio_buffer.append', audio: 'A'.repeat(oversizedBytes) })
  client.send({ type: 'session.update', session: bench.wire.session({ instructions: 'After it.' }) })
  await client.answerOrClose(since)
  await client.listen(300)
  if (client.closed === undefined && client.socket.bufferedAmount > 0) {
    throw new NotTried('the frame of 24 MiB was not read in time; a longer --timeout may do')
  }
  return { client, since }
}
