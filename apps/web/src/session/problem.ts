import type { ErrorCode } from '@parley/core'

/** What can go wrong; each has a title and an advice in every language. */
export type ProblemCode =
  | 'insecure_context'
  | 'no_microphone'
  | 'permission_denied'
  | 'microphone_busy'
  | 'microphone_lost'
  | 'speaker_unavailable'
  | 'audio_unsupported'
  | 'gateway_unreachable'
  | 'gateway_refused'
  | 'conversation_in_use'
  | 'model_not_downloaded'
  | 'backend_unavailable'
  | 'backend_limited'
  | 'store_unavailable'
  | 'not_found'
  | 'not_possible'
  | 'server_error'

/** Something a person has to know, with the server's own words where there are any. */
export interface Problem {
  readonly code: ProblemCode
  readonly detail: string | undefined
}

/** What each error code of the wire is to a person. `undefined`: it follows from a race, or is seen to at once. */
const problems: Readonly<Record<ErrorCode, ProblemCode | undefined>> = {
  response_cancel_not_active: undefined,
  input_audio_buffer_commit_empty: undefined,
  item_truncate_invalid_item_id: undefined,
  conversation_already_has_active_response: undefined,
  // The page connects again by itself.
  session_expired: undefined,
  invalid_api_key: 'gateway_refused',
  origin_not_allowed: 'gateway_refused',
  conversation_in_use: 'conversation_in_use',
  revision_conflict: 'conversation_in_use',
  model_not_downloaded: 'model_not_downloaded',
  download_failed: 'model_not_downloaded',
  backend_unavailable: 'backend_unavailable',
  engine_failed: 'backend_unavailable',
  rate_limit_exceeded: 'backend_limited',
  insufficient_quota: 'backend_limited',
  store_unavailable: 'store_unavailable',
  not_found: 'not_found',
  item_delete_invalid_item_id: 'not_found',
  item_retrieve_invalid_item_id: 'not_found',
  model_not_found: 'not_possible',
  cannot_update_voice: 'not_possible',
  invalid_event: 'not_possible',
  invalid_value: 'not_possible',
  unknown_parameter: 'not_possible',
  missing_required_parameter: 'not_possible',
  unsupported: 'not_possible',
  buffer_overflow: 'server_error',
  internal_error: 'server_error',
}

function isKnown(code: string): code is ErrorCode {
  return Object.hasOwn(problems, code)
}

/** The problem behind an error code of the wire, `server_error` for one that is not known here. */
export function problemOfCode(code: string): ProblemCode | undefined {
  return isKnown(code) ? problems[code] : 'server_error'
}

/** The problem behind an `error` event; `undefined` for one that is harmless. */
export function problemOfError(
  code: string | null | undefined,
  message: string | undefined,
): Problem | undefined {
  const problem = problemOfCode(code ?? '')
  return problem && { code: problem, detail: message === code ? undefined : message }
}

/** The problem behind a session that was refused with an HTTP status. */
export function problemOfRefusal(status: number, reason: string): Problem {
  const isOurs = status === 401 || status === 403
  if (isOurs) return { code: 'gateway_refused', detail: undefined }
  return { code: 'server_error', detail: reason || undefined }
}

/** The problem behind a rejected `getUserMedia`. */
export function problemOfMicrophone(error: unknown): Problem {
  const name = error instanceof Error ? error.name : ''
  switch (name) {
    case 'NotAllowedError':
    case 'SecurityError':
      return { code: 'permission_denied', detail: undefined }
    case 'NotFoundError':
    case 'OverconstrainedError':
      return { code: 'no_microphone', detail: undefined }
    case 'NotReadableError':
    case 'AbortError':
      return { code: 'microphone_busy', detail: undefined }
    default:
      return { code: 'audio_unsupported', detail: error instanceof Error ? error.message : undefined }
  }
}

/** True for problems that are over once a session stands. */
export function isAboutConnection({ code }: Problem): boolean {
  return code === 'gateway_unreachable' || code === 'gateway_refused' || code === 'backend_unavailable'
}
