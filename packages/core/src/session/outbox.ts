import type { Channel } from '../channel/channel.ts'
import { RealtimeError, toRealtimeError } from '../errors.ts'
import type { ServerEvent } from '../events/server-events.ts'

/** Events on their way to the client, in order, held back for a short time until what they acknowledge is stored. */
export interface Outbox {
  push(event: ServerEvent): void
  /** Events pushed from now on wait for `stored`, or go out as not stored. */
  holdUntil(stored: Promise<unknown>): void
  /** Forgets held sound and deltas of a response. */
  dropAudioOf(responseId: string): void
  /** Resolves when nothing is held. */
  drained(): Promise<void>
}

/** Options of an outbox. */
export interface OutboxOptions {
  /** Longest time events wait for the store (ms). Default 250. */
  readonly patienceMs?: number | undefined
  readonly newId: (prefix: string) => string
  /** Why something was not stored; the events go out all the same. */
  readonly onFailure: (error: RealtimeError) => void
  /** What was thrown while held events went out; it is for nobody to catch. */
  readonly onFault: (thrown: unknown) => void
}

type Stored = 'stored' | 'late' | 'failed'

/** Events that say of something that it is in the conversation, so of what is stored. */
const acknowledging: ReadonlySet<ServerEvent['type']> = new Set([
  'conversation.item.done',
  'conversation.item.truncated',
  'conversation.item.deleted',
  'conversation.item.input_audio_transcription.completed',
])

/**
 * An outbox for a client. While the store is behind nothing waits for it: what acknowledges goes out with
 * `parley: { stored: false }`, and the client is warned once, and once more when everything is stored after all.
 */
export function createOutbox(
  client: Pick<Channel<unknown, ServerEvent>, 'send'>,
  { patienceMs = 250, newId, onFailure, onFault }: OutboxOptions,
): Outbox {
  let held: (ServerEvent | Promise<Stored>)[] = []
  let pumping: Promise<void> | undefined
  /** Entries that were waited for in vain. */
  let late = 0
  /** What is sent next is about entries that are not stored. */
  let isUnproven = false
  /** The client knows that something will never be stored. */
  let isLosing = false

  async function pump(): Promise<void> {
    for (let next = held.shift(); next; next = held.shift()) {
      try {
        // oxlint-disable-next-line no-await-in-loop -- in order
        if (next instanceof Promise) await waitFor(next)
        else send(next)
      } catch (thrown) {
        onFault(thrown)
      }
    }
    pumping = undefined
  }

  async function waitFor(stored: Promise<Stored>): Promise<void> {
    const outcome = await soon(stored)
    isUnproven = outcome !== 'stored'
    if (outcome === 'late') fallBehind(stored)
  }

  function soon(stored: Promise<Stored>): Promise<Stored> {
    if (late > 0) return Promise.race([stored, Promise.resolve('late' as const)])
    const patience = Promise.withResolvers<Stored>()
    const timer = setTimeout(() => patience.resolve('late'), patienceMs)
    return Promise.race([stored, patience.promise]).finally(() => clearTimeout(timer))
  }

  function fallBehind(stored: Promise<Stored>): void {
    late += 1
    if (late === 1)
      warn('store_behind', 'The conversation store is late. What is said now is not stored yet.')
    stored.then(caughtUp).catch(onFault)
  }

  function caughtUp(): void {
    late -= 1
    if (late > 0) return
    isUnproven = false
    if (!isLosing) warn('store_caught_up', 'All that was late is stored now.')
    isLosing = false
  }

  function warn(code: string, message: string): void {
    client.send({ type: 'warning', event_id: newId('event'), warning: { code, message, param: null } })
  }

  function send(event: ServerEvent): void {
    client.send((late > 0 || isUnproven) && acknowledging.has(event.type) ? asNotStored(event) : event)
  }

  function failed(thrown: unknown): Stored {
    const error = toRealtimeError(thrown, 'store_unavailable')
    if (error.code === 'revision_conflict' || !isLosing) onFailure(error)
    isLosing = true
    return 'failed'
  }

  return {
    push(event) {
      if (pumping) held.push(event)
      else send(event)
    },
    holdUntil(stored) {
      held.push(stored.then(() => 'stored' as const, failed))
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

function asNotStored<Event extends ServerEvent>(event: Event): Event {
  const known: unknown = 'parley' in event ? event['parley'] : undefined
  const parley = { ...(typeof known === 'object' ? known : undefined), stored: false }
  return { ...event, parley }
}

function isDeltaOf(event: ServerEvent, responseId: string): boolean {
  return event.type.endsWith('.delta') && 'response_id' in event && event.response_id === responseId
}
