/**
 * One row per error code: the `error.type` on the wire, the HTTP status before an upgrade, the WebSocket close
 * code when the error ends a connection, and whether the same request may succeed later.
 *
 * Codes up to `insufficient_quota` are those of OpenAI Realtime; the rest are Parley's own.
 */
export const errorTable = {
  invalid_event: { type: 'invalid_request_error', status: 400, closeCode: 1008, retryable: false },
  invalid_value: { type: 'invalid_request_error', status: 400, closeCode: 1008, retryable: false },
  unknown_parameter: { type: 'invalid_request_error', status: 400, closeCode: 1008, retryable: false },
  missing_required_parameter: {
    type: 'invalid_request_error',
    status: 400,
    closeCode: 1008,
    retryable: false,
  },
  session_expired: { type: 'invalid_request_error', status: 400, closeCode: 1001, retryable: true },
  conversation_already_has_active_response: {
    type: 'invalid_request_error',
    status: 409,
    closeCode: 1008,
    retryable: true,
  },
  response_cancel_not_active: {
    type: 'invalid_request_error',
    status: 400,
    closeCode: 1008,
    retryable: false,
  },
  input_audio_buffer_commit_empty: {
    type: 'invalid_request_error',
    status: 400,
    closeCode: 1008,
    retryable: false,
  },
  item_truncate_invalid_item_id: {
    type: 'invalid_request_error',
    status: 404,
    closeCode: 1008,
    retryable: false,
  },
  item_delete_invalid_item_id: {
    type: 'invalid_request_error',
    status: 404,
    closeCode: 1008,
    retryable: false,
  },
  item_retrieve_invalid_item_id: {
    type: 'invalid_request_error',
    status: 404,
    closeCode: 1008,
    retryable: false,
  },
  cannot_update_voice: { type: 'invalid_request_error', status: 400, closeCode: 1008, retryable: false },
  invalid_api_key: { type: 'authentication_error', status: 401, closeCode: 1008, retryable: false },
  model_not_found: { type: 'invalid_request_error', status: 404, closeCode: 1008, retryable: false },
  rate_limit_exceeded: { type: 'rate_limit_error', status: 429, closeCode: 1013, retryable: true },
  insufficient_quota: { type: 'rate_limit_error', status: 429, closeCode: 1013, retryable: false },
  unsupported: { type: 'invalid_request_error', status: 400, closeCode: 1008, retryable: false },
  origin_not_allowed: { type: 'permission_error', status: 403, closeCode: 1008, retryable: false },
  not_found: { type: 'invalid_request_error', status: 404, closeCode: 1008, retryable: false },
  conversation_in_use: { type: 'invalid_request_error', status: 409, closeCode: 1008, retryable: true },
  revision_conflict: { type: 'invalid_request_error', status: 409, closeCode: 1008, retryable: true },
  store_unavailable: { type: 'server_error', status: 503, closeCode: 1011, retryable: true },
  buffer_overflow: { type: 'server_error', status: 503, closeCode: 1013, retryable: true },
  backend_unavailable: { type: 'server_error', status: 503, closeCode: 1011, retryable: true },
  engine_failed: { type: 'server_error', status: 500, closeCode: 1011, retryable: true },
  model_not_downloaded: { type: 'invalid_request_error', status: 409, closeCode: 1008, retryable: true },
  download_failed: { type: 'server_error', status: 502, closeCode: 1011, retryable: true },
  internal_error: { type: 'server_error', status: 500, closeCode: 1011, retryable: true },
} as const satisfies Record<string, ErrorRow>

interface ErrorRow {
  readonly type: string
  readonly status: number
  readonly closeCode: number
  readonly retryable: boolean
}

/** The closed set of error codes. */
export type ErrorCode = keyof typeof errorTable

/** Where an error points: the offending field, and the client event it answers. */
export interface ErrorDetails {
  /** Dotted path of the field at fault, for example `session.audio.input.format.rate`. */
  readonly param?: string | undefined
  /** `event_id` of the client event that caused the error. */
  readonly eventId?: string | undefined
  readonly cause?: unknown
}

/** The one error class. Its message is shown to the client and never holds a secret. */
export class RealtimeError extends Error {
  override readonly name = 'RealtimeError'
  readonly code: ErrorCode
  readonly param: string | undefined
  readonly eventId: string | undefined

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, { cause: details.cause })
    this.code = code
    this.param = details.param
    this.eventId = details.eventId
  }

  /** `error.type` on the wire. */
  get type(): string {
    return errorTable[this.code].type
  }

  /** HTTP status when the error answers a request. */
  get status(): number {
    return errorTable[this.code].status
  }

  /** WebSocket close code when the error ends a connection. */
  get closeCode(): number {
    return errorTable[this.code].closeCode
  }
}

/** Narrows anything thrown to a `RealtimeError`; what is not one becomes `internal_error` with the cause kept. */
export function toRealtimeError(error: unknown, fallback: ErrorCode = 'internal_error'): RealtimeError {
  if (error instanceof RealtimeError) return error
  return new RealtimeError(fallback, 'Something went wrong inside Parley.', { cause: error })
}
