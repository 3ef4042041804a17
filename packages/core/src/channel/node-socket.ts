import type { IncomingMessage } from 'node:http'
import { WebSocket } from 'ws'
import { RealtimeError, type ErrorCode } from '../errors.ts'

/** Where and how to dial. */
export interface NodeSocketOptions {
  /** `ws:` or `wss:` address. Its query may hold secrets: no error repeats it. */
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  /** Subprotocols to offer. */
  readonly protocols?: readonly string[]
  /** Gives up dialling; without effect once the socket is open. */
  readonly signal?: AbortSignal
  /** How long the whole opening may take. Default 10 s. */
  readonly timeoutMs?: number
  /** Largest message accepted, in bytes. Default 32 MiB. */
  readonly maxPayload?: number
  /** What an HTTP answer in place of the upgrade means. Default: by its status, as said below. */
  readonly refused?: (refusal: Refusal) => RealtimeError
}

/** An HTTP answer in place of the upgrade. */
export interface Refusal {
  readonly status: number
  /** `error.code` of a JSON body, `undefined` without one. */
  readonly code: string | undefined
}

/**
 * An open socket, paused so that nothing is lost before `webSocketChannel` takes it. Rejects with
 * `invalid_api_key` (401), `model_not_found` (404), `rate_limit_exceeded` (429), else `backend_unavailable`.
 */
export async function connectNodeSocket(options: NodeSocketOptions): Promise<WebSocket> {
  const { signal, timeoutMs = 10_000, refused = refusalError } = options
  if (signal?.aborted) throw cancelled(signal)
  const opening = Promise.withResolvers<WebSocket>()
  const socket = createSocket(options)

  function fail(error: RealtimeError): void {
    opening.reject(error)
    socket.terminate()
  }
  function abort(): void {
    if (signal) fail(cancelled(signal))
  }
  const timer = setTimeout(() => {
    fail(new RealtimeError('backend_unavailable', `The backend did not answer within ${timeoutMs} ms.`))
  }, timeoutMs)
  signal?.addEventListener('abort', abort, { once: true })

  socket.on('open', () => {
    socket.pause()
    opening.resolve(socket)
  })
  socket.on('unexpected-response', (_request, response) => {
    void refusalOf(response).then((refusal) => fail(refused(refusal)))
  })
  // It stays attached: a socket without an error listener can end the process.
  socket.on('error', (error) => {
    opening.reject(unreachable(error))
  })
  try {
    return await opening.promise
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', abort)
  }
}

function createSocket({
  url,
  headers = {},
  protocols = [],
  maxPayload = 32 * 1024 * 1024,
}: NodeSocketOptions): WebSocket {
  try {
    return new WebSocket(url, [...protocols], {
      headers: { ...headers },
      maxPayload,
      perMessageDeflate: false,
    })
  } catch {
    // The cause would repeat the address with its query.
    throw new RealtimeError('backend_unavailable', 'The address of the backend is not valid.')
  }
}

const codeOfStatus: Readonly<Record<number, ErrorCode>> = {
  401: 'invalid_api_key',
  404: 'model_not_found',
  429: 'rate_limit_exceeded',
}

function refusalError({ status }: Refusal): RealtimeError {
  const code = codeOfStatus[status] ?? 'backend_unavailable'
  return new RealtimeError(code, `The backend refused the connection with HTTP status ${status}.`)
}

/** Longest body of a refusal that is read, in characters. */
const maxRefusalLength = 8192

/** How long a body of a refusal may take to come. */
const refusalTimeoutMs = 500

/** Only the code is kept of the body: its words may quote a key. */
async function refusalOf(response: IncomingMessage): Promise<Refusal> {
  const status = response.statusCode ?? 0
  const timer = setTimeout(() => response.destroy(), refusalTimeoutMs)
  let body = ''
  try {
    response.setEncoding('utf8')
    for await (const text of response) {
      body += String(text)
      if (body.length > maxRefusalLength) break
    }
    const answer: unknown = JSON.parse(body)
    return { status, code: codeIn(answer) }
  } catch {
    return { status, code: undefined }
  } finally {
    clearTimeout(timer)
  }
}

/** `{ error: { code } }` of OpenAI and Azure; a code is a word or a number, never a sentence. */
function codeIn(answer: unknown): string | undefined {
  const error = fieldOf(answer, 'error') ?? answer
  const code = fieldOf(error, 'code') ?? fieldOf(error, 'type')
  return (typeof code === 'string' || typeof code === 'number') && /^[\w.-]{1,64}$/.test(String(code))
    ? String(code)
    : undefined
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}

function unreachable(error: Error): RealtimeError {
  const code = 'code' in error && typeof error.code === 'string' ? ` (${error.code})` : ''
  return new RealtimeError('backend_unavailable', `The backend could not be reached${code}.`, {
    cause: error,
  })
}

function cancelled(signal: AbortSignal): RealtimeError {
  return new RealtimeError('backend_unavailable', 'Dialling the backend was cancelled.', {
    cause: signal.reason,
  })
}
