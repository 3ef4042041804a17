import type { ClientEvent } from '../events/client-events.ts'
import type { ErrorEvent } from '../events/server-events.ts'
import { nothing, takeId, warn } from './session-state.ts'
import type { SessionState, Step } from './session-state.ts'

/** Errors that say only that a request came too late or was not needed, by the event that draws them. */
const benignCodes: ReadonlyMap<string, ClientEvent['type']> = new Map([
  ['response_cancel_not_active', 'response.cancel'],
  ['input_audio_buffer_commit_empty', 'input_audio_buffer.commit'],
  ['conversation_already_has_active_response', 'response.create'],
  ['item_truncate_invalid_item_id', 'conversation.item.truncate'],
])

/** What corrects a backend's memory to what was heard. */
const correcting: ReadonlySet<string> = new Set(['conversation.item.truncate', 'conversation.item.delete'])

/** Unanswered events remembered. */
const maxOwnEvents = 256

/** What the session asks of a backend on its own. */
type OwnEvent = Exclude<ClientEvent, { readonly type: 'extension' }>

/** An event the session made up, with an id by which its errors are known. */
export function ownEvent<Event extends OwnEvent>(
  state: SessionState,
  event: Event,
): { readonly state: SessionState; readonly event: Event & { readonly event_id: string } } {
  const { state: next, id } = takeId(state, 'parley')
  const own = [...state.own, [id, event.type] as const].slice(-maxOwnEvents)
  return { state: { ...next, own: new Map(own) }, event: { ...event, event_id: id } }
}

/**
 * Takes an error that answers an event of the session's own: a benign one is no news, any other is a warning, because
 * the client did nothing wrong. `undefined` when the error answers the client.
 */
export function ownError(state: SessionState, { error }: ErrorEvent): Step | undefined {
  const drawnBy = benignCodes.get(error.code ?? '')
  const id =
    error.event_id == null
      ? state.own.entries().find(([, type]) => drawnBy === type)?.[0]
      : state.own.has(error.event_id)
        ? error.event_id
        : undefined
  if (id === undefined) return undefined
  const own = new Map(state.own)
  // The log says what was heard, whether the backend can cut there or not.
  const drawer = own.get(id) ?? ''
  const unneeded = drawnBy !== undefined || correcting.has(drawer)
  own.delete(id)
  const requested = state.requested?.eventId === id ? undefined : state.requested
  const { upstream } = state
  const kept =
    drawer === 'conversation.item.delete' ? { ...upstream, retelling: new Set<string>() } : upstream
  const next = { ...state, own, requested, upstream: kept }
  return unneeded ? nothing(next) : warn(next, [{ message: error.message, param: error.param ?? 'session' }])
}

/** The own events of a type are answered. */
export function ownAnswered(state: SessionState, type: ClientEvent['type']): SessionState {
  if (!state.own.values().some((other) => other === type)) return state
  return { ...state, own: new Map([...state.own].filter(([, other]) => other !== type)) }
}
