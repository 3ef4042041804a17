import { toRealtimeError } from '@parley/core'
import type { ErrorEvent, RealtimeError } from '@parley/core'

/**
 * An OpenAI-shaped refusal. Body and status come from the error table unless `init` says otherwise; what is no
 * `RealtimeError` becomes `internal_error`.
 */
export function errorResponse(thrown: unknown, init: ResponseInit = {}): Response {
  const error = toRealtimeError(thrown)
  return Response.json({ error: errorBody(error) }, { status: error.status, ...init })
}

/** An `error` event for a client that is connected. */
export function errorEvent(error: RealtimeError, eventId: string): ErrorEvent {
  return { type: 'error', event_id: eventId, error: { ...errorBody(error), event_id: error.eventId ?? null } }
}

function errorBody({ type, code, message, param }: RealtimeError): ErrorEvent['error'] {
  return { type, code, message, param: param ?? null }
}
