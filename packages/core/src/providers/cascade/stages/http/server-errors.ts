import { type ErrorCode, RealtimeError } from '../../../../errors.ts'
import { isRecord, parseJson, stringOf } from './json-value.ts'

/** Codes that the answer of an HTTP server can mean. */
export type ComplaintCode = Extract<
  ErrorCode,
  | 'invalid_api_key'
  | 'model_not_found'
  | 'rate_limit_exceeded'
  | 'insufficient_quota'
  | 'unsupported'
  | 'invalid_value'
  | 'backend_unavailable'
>

/** How a connection can fail. */
export type ConnectionFailure = 'unreachable' | 'no_answer' | 'broken' | 'stalled' | 'garbled'

/** What a person is told about one kind of server: what went wrong and which setting to check. */
export interface ServerTexts {
  readonly complaints: Readonly<Record<ComplaintCode, string>>
  readonly connections: Readonly<Record<ConnectionFailure, string>>
}

/** What a server said about a failure, wherever it put it in the body. */
export interface ServerComplaint {
  readonly message: string
  readonly code: string
}

/** The errors of one kind of server. */
export interface ServerErrors {
  /** Maps an HTTP status and body (or an error inside a stream, status 200) to an error a person can act on. */
  complaint(status: number, complaint: ServerComplaint, redact: (text: string) => string): RealtimeError
  /** An error for a connection that never was, broke or fell silent. */
  connection(reason: ConnectionFailure, cause?: unknown): RealtimeError
}

/** Reads the error shapes of OpenAI, Azure, Ollama (`error` as text), FastAPI (`detail`) and plain text. */
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

/** Creates the errors of one kind of server from its texts. */
export function serverErrors({ complaints, connections }: ServerTexts): ServerErrors {
  return {
    complaint(status, { message, code: said }, redact) {
      const code = codeOf(status, `${said} ${message}`.toLowerCase())
      // A server quotes part of the key when it refuses it, so its words are not shown then.
      const words = code === 'invalid_api_key' ? '' : redact(message).replace(/\s+/g, ' ').trim()
      const detail =
        words === '' || /^<(?:!doctype|html)/i.test(words) ? '' : ` The server said: ${shorten(words)}`
      return new RealtimeError(code, complaints[code] + detail, { cause: { status, code: said } })
    },
    connection: (reason, cause) => new RealtimeError('backend_unavailable', connections[reason], { cause }),
  }
}

function codeOf(status: number, text: string): ComplaintCode {
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
