import type { Bench } from './bench.ts'
import { check, show } from './outcome.ts'
import type { Client } from './client.ts'
import { checkOpen } from './client.ts'
import { at, hasText, textAt } from './reader.ts'
import type { WireEvent } from './reader.ts'

/** How long an error may still be on its way when what was sent after it is answered. */
const stragglerMs = 1500

/** What an `error` has to name. */
interface Naming {
  /** Whether the error has to name the event; not where that had no id that can be read. */
  readonly namesEvent?: boolean
}

/**
 * Sends what the server has to refuse, as an event or as a raw frame, and then something it has to accept: fails
 * unless an `error` comes, which it gives, and the session goes on.
 */
export async function refusal(
  bench: Bench,
  client: Client,
  sent: Readonly<Record<string, unknown>> | string | Uint8Array,
  { namesEvent = true }: Naming = {},
): Promise<WireEvent> {
  const since = client.events.length
  const isFrame = typeof sent === 'string' || sent instanceof Uint8Array
  if (isFrame) client.sendRaw(sent)
  const eventId = isFrame ? undefined : client.send(sent)
  const what = isFrame ? 'the frame' : show(sent['type'])
  const instructions = `Still here after ${since}.`
  client.send({ type: 'session.update', session: bench.wire.session({ instructions }) })
  const isError = ({ type }: WireEvent) => type === 'error'
  const isAlive = (event: WireEvent) =>
    event.type === 'session.updated' && textAt(event, 'session.instructions') === instructions
  const seen = () => client.events.slice(since)
  await client.until(() => seen().some(isAlive) || client.closed !== undefined)
  if (client.closed === undefined) await client.until(() => seen().some(isError), stragglerMs)
  const error = seen().find(isError)
  check(error !== undefined, `an error as answer to ${what}`, client.summary(since))
  check(hasText(error, 'error.message'), 'an error with a message', error)
  checkOpen(client, `the error that answers ${what}`)
  check(seen().some(isAlive), 'session.updated as answer to the next session.update', client.summary(since))
  if (namesEvent && eventId !== undefined) {
    check(at(error, 'error.event_id') === eventId, `error.event_id "${eventId}"`, error)
  }
  return error
}
