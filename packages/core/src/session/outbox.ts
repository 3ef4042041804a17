import type { Channel } from '../channel/channel.ts'
import { toRealtimeError } from '../errors.ts'
import type { RealtimeError } from '../errors.ts'
import type { ServerEvent } from '../events/server-events.ts'

/** Events on their way to the client, in order, held back until what they acknowledge is stored. */
export interface Outbox {
  push(event: ServerEvent): void
  /** Events pushed from now on wait for `stored`. */
  holdUntil(stored: Promise<unknown>): void
  /** Forgets held sound and deltas of a response. */
  dropAudioOf(responseId: string): void
  /** Resolves when nothing is held. */
  drained(): Promise<void>
}

/** An outbox for a client. `onFailure` hears why something was not stored; the events go out all the same. */
export function createOutbox(
  client: Pick<Channel<unknown, ServerEvent>, 'send'>,
  onFailure: (error: RealtimeError) => void,
): Outbox {
  let held: (ServerEvent | Promise<unknown>)[] = []
  let pumping: Promise<void> | undefined

  async function pump(): Promise<void> {
    for (let next = held.shift(); next; next = held.shift()) {
      if (!(next instanceof Promise)) {
        client.send(next)
        continue
      }
      try {
        await next
      } catch (error) {
        onFailure(toRealtimeError(error, 'store_unavailable'))
      }
    }
    pumping = undefined
  }

  return {
    push(event) {
      if (pumping) held.push(event)
      else client.send(event)
    },
    holdUntil(stored) {
      held.push(stored)
      pumping ??= pump()
    },
    dropAudioOf(responseId) {
      held = held.filter((entry) => entry instanceof Promise || !isDeltaOf(entry, responseId))
    },
    async drained() {
      while (pumping) await pumping
    },
  }
}

function isDeltaOf(event: ServerEvent, responseId: string): boolean {
  return event.type.endsWith('.delta') && 'response_id' in event && event.response_id === responseId
}
