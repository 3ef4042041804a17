import { RealtimeError } from '../../errors.ts'
import type { ClientEvent } from '../../events/client-events.ts'
import type { ErrorEvent, SessionUpdated } from '../../events/server-events.ts'
import { clientView } from './client-view.ts'
import { withoutRefusedField } from './fields.ts'
import { nothing, refuse, tell, warn } from '../session-state.ts'
import type { PendingUpdate, SessionState, Step } from '../session-state.ts'

/** Most sound and other bytes that wait for the first update: a minute and a half of 24 kHz PCM. */
export const maxHeldBytes = 4 * 1024 * 1024

/** Unanswered updates remembered; a backend that answers none must not fill the memory. */
const maxPendingUpdates = 32

/** Sends an update. Until the first is answered, what the client says after it waits. */
export function sendOrHold(state: SessionState, pending: PendingUpdate, at: number): Step {
  const updates = [...state.updates, pending].slice(-maxPendingUpdates)
  const send = { to: 'provider', event: pending.event } as const
  if (state.configured || state.hold) return { state: { ...state, updates }, outputs: [send] }
  const deadline = at + state.updateTimeoutMs
  return {
    state: { ...state, updates, hold: { events: [], bytes: 0, deadline } },
    outputs: [send, { to: 'clock', wakeAt: deadline }],
  }
}

/** Keeps a client event back, or refuses it when too much is kept already. */
export function holdBack(state: SessionState, event: ClientEvent): Step {
  const { hold } = state
  if (!hold) return nothing(state)
  const bytes = hold.bytes + sizeOf(event)
  if (bytes > maxHeldBytes) {
    const what = state.gap ? 'a new session at a backend' : 'the backend to acknowledge session.update'
    const message = `More than ${maxHeldBytes} bytes wait for ${what}.`
    const eventId = event.type === 'extension' ? undefined : event.event_id
    return refuse(state, new RealtimeError('buffer_overflow', message, { eventId }))
  }
  return nothing({ ...state, hold: { ...hold, events: [...hold.events, event], bytes } })
}

/** Lets the client's events go when nothing is left to wait for; `take` is what a client event does. */
export function release(state: SessionState, take: (state: SessionState, event: ClientEvent) => Step): Step {
  const { hold } = state
  if (!hold || state.gap || state.updates.length > 0) return nothing(state)
  return hold.events.reduce<Step>(
    (before, event) => {
      const { state: next, outputs } = take(before.state, event)
      return { state: next, outputs: [...before.outputs, ...outputs] }
    },
    { state: { ...state, hold: undefined, configured: true }, outputs: hold.first ?? [] },
  )
}

/** The backend has not answered in time: say so, and stop waiting. */
export function giveUpWaiting(state: SessionState): Step {
  const eventId = state.updates[0]?.event.event_id
  const message = `The backend has not acknowledged session.update within ${state.updateTimeoutMs} ms.`
  return refuse(
    { ...state, updates: [] },
    new RealtimeError('backend_unavailable', message, { param: 'session', eventId }),
  )
}

/** The backend took the oldest update. */
export function updateAcknowledged(state: SessionState, event: SessionUpdated): Step {
  const [pending, ...updates] = state.updates
  const next = { ...state, updates, session: event.session }
  if (pending?.own) return nothing(next)
  return tell(next, { ...event, session: clientView(event.session, next) })
}

/** Codes with which backends refuse a field they do not know. */
const fieldCodes: ReadonlySet<string> = new Set(['unknown_parameter', 'invalid_value', 'unsupported'])

/**
 * Takes the refusal of an update: it is sent once more without the field at fault where that can be left out.
 * `undefined` when the error answers something else.
 */
export function updateRefused(state: SessionState, { error }: ErrorEvent): Refused | undefined {
  // Without an id it answers an update when it names the session, or while nothing else was said.
  const unnamed =
    (error.param ?? '').startsWith('session') || (state.hold !== undefined && error.param == null)
  const index = state.updates.findIndex(({ event }) =>
    error.event_id == null ? unnamed : error.event_id === event.event_id,
  )
  const pending = state.updates[index]
  if (!pending) return undefined
  const { session } = pending.event
  const left =
    session.type === 'realtime' && fieldCodes.has(error.code ?? '')
      ? withoutRefusedField(session, error.param ?? '')
      : undefined
  if (left) {
    const event = { ...pending.event, session: left.kept }
    const warned = warn(state, pending.own ? [] : left.notices)
    return {
      again: {
        state: { ...warned.state, updates: state.updates.with(index, { ...pending, event }) },
        outputs: [...warned.outputs, { to: 'provider', event }],
      },
    }
  }
  return { left: undone(state, index, pending) }
}

/** What became of a refused update: sent again, or undone here, so that the error is told. */
export type Refused = { readonly again: Step } | { readonly left: SessionState }

/** The settings as they were before the update; a later update that is under way keeps its own. */
function undone(state: SessionState, index: number, { before }: PendingUpdate): SessionState {
  const updates = state.updates.toSpliced(index, 1)
  const later = updates[index]
  if (!later) return { ...state, updates, settings: before }
  return { ...state, updates: updates.with(index, { ...later, before }) }
}

function sizeOf(event: ClientEvent): number {
  if (event.type === 'input_audio_buffer.append') return event.audio.byteLength
  return JSON.stringify(event).length
}
