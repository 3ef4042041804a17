import { RealtimeError } from '../errors.ts'
import type { ServerEvent, SessionCreated } from '../events/server-events.ts'
import { sessionRefusedError, type Redact } from './backend-errors.ts'

/** The event a backend begins with; some never send `session.created`. */
export type FirstEvent = 'session.created' | 'conversation.created'

/**
 * Reads until the session has begun: `session.created`, then whatever came before it. Rejects when the backend
 * says `error` or ends instead. Where a backend begins with `conversation.created`, a `session.created` is made.
 */
export async function readFirstEvents(
  events: AsyncIterator<ServerEvent, undefined>,
  { firstEvent, model, redact }: { firstEvent: FirstEvent; model: string | undefined; redact: Redact },
): Promise<readonly ServerEvent[]> {
  const early: ServerEvent[] = []
  for (;;) {
    // Events come one after the other.
    // oxlint-disable-next-line no-await-in-loop
    const { done, value: event } = await events.next()
    if (done) {
      throw new RealtimeError(
        'backend_unavailable',
        'The backend closed the connection before the session began.',
      )
    }
    if (event.type === 'session.created') return [event, ...early]
    if (event.type === 'error') throw sessionRefusedError(event.error, redact)
    early.push(event)
    if (event.type === firstEvent) return [madeSession(event, model), ...early]
  }
}

function madeSession(event: ServerEvent, model: string | undefined): SessionCreated {
  const id = event.type === 'conversation.created' ? event.conversation.id : undefined
  return {
    type: 'session.created',
    event_id: `event_${crypto.randomUUID()}`,
    session: {
      type: 'realtime',
      object: 'realtime.session',
      ...(id === undefined ? {} : { id }),
      ...(model === undefined ? {} : { model }),
    },
  }
}
