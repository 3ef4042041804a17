import type { RealtimeError } from '../errors.ts'
import type { ErrorEvent } from './server-session-events.ts'

/** The `error` object of an event or a REST answer. */
export function toErrorBody(error: RealtimeError): ErrorEvent['error'] {
  return { type: error.type, code: error.code, message: error.message, param: error.param ?? null }
}

/** An `error` event that points at the client event it answers. */
export function toErrorEvent(error: RealtimeError, eventId: string): ErrorEvent {
  return {
    type: 'error',
    event_id: eventId,
    error: { ...toErrorBody(error), event_id: error.eventId ?? null },
  }
}
