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
}

/**
 * An open socket, paused so that nothing is lost before `webSocketChannel` takes it. Rejects with
 * `invalid_api_key` (401), `model_not_found` (404), `rate_limit_exceeded` (429), else `backend_unavailable`.
 */
export async function connectNodeSocket(options: NodeSocketOptions): Promise<WebSocket> {
  const { signal, timeoutMs = 10_000 } = options
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
    response.resume()
    fail(refusalOf(response))
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

function refusalOf({ statusCode = 0 }: IncomingMessage): RealtimeError {
  const code = codeOfStatus[statusCode] ?? 'backend_unavailable'
  return new RealtimeError(code, `The backend refused the connection with HTTP status ${statusCode}.`)
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
