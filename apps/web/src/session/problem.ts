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
  | 'server_error'

/** Something a person has to know, with the server's own words where there are any. */
export interface Problem {
  readonly code: ProblemCode
  readonly detail: string | undefined
}

/** Error codes of the wire that need no word to the person: they follow from a race, or are seen to at once. */
const harmless: ReadonlySet<string> = new Set([
  'response_cancel_not_active',
  'input_audio_buffer_commit_empty',
  'item_truncate_invalid_item_id',
  'conversation_already_has_active_response',
  // The page connects again by itself.
  'session_expired',
])

/** Error codes of the wire with an advice of their own. */
const known: ReadonlyMap<string, ProblemCode> = new Map([
  ['invalid_api_key', 'gateway_refused'],
  ['origin_not_allowed', 'gateway_refused'],
  ['conversation_in_use', 'conversation_in_use'],
  ['model_not_downloaded', 'model_not_downloaded'],
  ['backend_unavailable', 'backend_unavailable'],
])

/** The problem behind an `error` event; `undefined` for one that is harmless. */
export function problemOfError(code: string | null | undefined, message: string): Problem | undefined {
  if (harmless.has(code ?? '')) return undefined
  return { code: known.get(code ?? '') ?? 'server_error', detail: message }
}

/** The problem behind a session that was refused with an HTTP status. */
export function problemOfRefusal(status: number, reason: string): Problem {
  const isOurs = status === 401 || status === 403
  return isOurs ? { code: 'gateway_refused', detail: undefined } : { code: 'server_error', detail: reason }
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
