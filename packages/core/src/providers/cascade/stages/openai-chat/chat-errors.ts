import { type ErrorCode, RealtimeError } from '../../../../errors.ts'
import { isRecord, parseJson, stringOf } from './json-value.ts'

/** What a server said about a failure, wherever it put it in the body. */
export interface ServerComplaint {
  readonly message: string
  readonly code: string
}

/** Reads the error shapes of OpenAI, Ollama (`error` as text), FastAPI (`detail`) and plain text. */
export function parseComplaint(body: unknown): ServerComplaint {
  const value = typeof body === 'string' ? (parseJson(body) ?? body) : body
  if (typeof value === 'string') return { message: value, code: '' }
  if (!isRecord(value)) return { message: '', code: '' }
  const error = value['error'] ?? value['detail'] ?? value
  if (!isRecord(error)) return { message: stringOf(error), code: '' }
  return {
    message: stringOf(error['message']) || stringOf(error['detail']),
    code: stringOf(error['code']) || stringOf(error['type']),
  }
}

const whatToCheck = {
  invalid_api_key:
    'The language model refused the key. Check the key (PARLEY_LLM_KEY) and that it may use this model.',
  model_not_found:
    'The language model server does not know the model or the address. ' +
    'Check the model name (PARLEY_LLM_MODEL) and that the address (PARLEY_LLM_URL) ends as the server asks, often with /v1.',
  rate_limit_exceeded:
    'The language model is asked too often. Wait a moment, or check the limits of its account.',
  insufficient_quota: 'The language model account has no credit left. Check its plan and billing.',
  unsupported:
    'The language model does not support function calls. Remove the tools or choose another model.',
  invalid_value:
    'The language model did not accept the request. Check the model and the size of the conversation.',
  backend_unavailable: 'The language model server failed. Check its log, or try again.',
} as const satisfies Partial<Record<ErrorCode, string>>

/** Maps an HTTP status and body (or an error inside the stream, status 200) to an error a person can act on. */
export function complaintError(
  status: number,
  complaint: ServerComplaint,
  redact: (text: string) => string,
): RealtimeError {
  const code = codeOf(status, `${complaint.code} ${complaint.message}`.toLowerCase())
  // A server quotes part of the key when it refuses it, so its words are not shown then.
  const said = code === 'invalid_api_key' ? '' : redact(complaint.message).replace(/\s+/g, ' ').trim()
  const detail = said === '' || /^<(?:!doctype|html)/i.test(said) ? '' : ` The server said: ${shorten(said)}`
  return new RealtimeError(code, whatToCheck[code] + detail, { cause: { status, code: complaint.code } })
}

function codeOf(status: number, text: string): keyof typeof whatToCheck {
  if (/insufficient_quota|exceeded your current quota|billing/.test(text) || status === 402)
    return 'insufficient_quota'
  if (status === 429 || /rate_limit|too many requests/.test(text)) return 'rate_limit_exceeded'
  if (status === 401 || status === 403 || /invalid_api_key|invalid api key/.test(text))
    return 'invalid_api_key'
  if (/not support (?:tools|function)|tool.{0,30}not supported|enable-auto-tool-choice/.test(text))
    return 'unsupported'
  if (
    status === 404 ||
    status === 405 ||
    /model_not_found|model .{0,80}(?:not found|does not exist)/.test(text)
  ) {
    return 'model_not_found'
  }
  return status >= 400 && status < 500 && status !== 408 ? 'invalid_value' : 'backend_unavailable'
}

function shorten(text: string): string {
  return text.length > 200 ? `${text.slice(0, 199)}…` : text
}

/** How a connection can fail. */
export type ConnectionFailure = keyof typeof connectionTexts

/** An error for a connection that never was, broke or fell silent. */
export function connectionError(reason: ConnectionFailure, cause?: unknown): RealtimeError {
  return new RealtimeError('backend_unavailable', connectionTexts[reason], { cause })
}

const connectionTexts = {
  unreachable:
    'The language model server cannot be reached. Check that it runs and that its address (PARLEY_LLM_URL) is right.',
  no_answer:
    'The language model server did not answer in time. It may still be loading the model: try again, or check its log.',
  broken: 'The language model server broke off its answer. Check its log, or try again.',
  stalled:
    'The language model stopped in the middle of its answer. Check the load and the log of its server.',
  garbled:
    'The server at the language model address did not answer as a chat endpoint does. Check the address (PARLEY_LLM_URL).',
} as const
