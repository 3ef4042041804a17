import { toErrorBody, toRealtimeError } from '@parley/core'

/**
 * An OpenAI-shaped refusal. Body and status come from the error table unless `init` says otherwise; what is no
 * `RealtimeError` becomes `internal_error`.
 */
export function errorResponse(thrown: unknown, init: ResponseInit = {}): Response {
  const error = toRealtimeError(thrown)
  return Response.json({ error: toErrorBody(error) }, { status: error.status, ...init })
}
