import type { Channel, ClientEvent, ServerEvent, Socket } from '@parley/core'
import type { Problem } from './problem.ts'
import { realtimeQuery, type OpeningSettings } from './realtime-query.ts'

/** The page's end of a realtime session. */
export type SessionChannel = Channel<ServerEvent, ClientEvent>

/** Which session to open. */
export interface ConnectOptions extends Partial<OpeningSettings> {
  /** Origin of the gateway. */
  readonly gatewayUrl: string
  /** True when the gateway wants a key: the page's server mints a secret. */
  readonly needsSecret: boolean
  /** Continues this conversation. */
  readonly conversationId: string | undefined
  readonly signal: AbortSignal
  /** Told of a frame that is no event; the session goes on. */
  readonly onInvalid: (error: Error) => void
}

/** A connection that could not be made, with what to tell the person. */
export class ConnectError extends Error {
  override readonly name = 'ConnectError'
  readonly problem: Problem
  /** True when the same may work in a moment. */
  readonly retryable: boolean

  constructor(problem: Problem, retryable: boolean) {
    super(problem.code)
    this.problem = problem
    this.retryable = retryable
  }
}

/** Loads what speaks the protocol; before a connection is timed or soon needed, so that it is there. */
export function loadWire(): Promise<typeof import('./wire.ts')> {
  return import('./wire.ts')
}

/** Opens the socket; rejects with `ConnectError`. */
export async function connect(options: ConnectOptions): Promise<SessionChannel> {
  const url = new URL('/v1/realtime', options.gatewayUrl)
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
  url.search = String(new URLSearchParams(realtimeQuery(options, options.conversationId)))
  const loading = loadWire()
  const protocols = ['realtime']
  if (options.needsSecret) protocols.push(`openai-insecure-api-key.${await mintSecret(options)}`)
  const { openaiGa, webSocketChannel } = await loading
  const socket = new WebSocket(url, protocols)
  // The channel listens before the socket is open, so that the first event cannot be lost.
  // A browser's socket takes no shared memory, which the type of a frame allows; GA frames are strings.
  const channel = webSocketChannel(socket as Socket, openaiGa.connector(), { onInvalid: options.onInvalid })
  try {
    await opened(socket, options.signal)
    return channel
  } catch (error) {
    await channel.close()
    throw options.signal.aborted ? error : await refusedConnection(options)
  }
}

function opened(socket: WebSocket, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.addEventListener('open', () => resolve(), { once: true })
    socket.addEventListener('close', () => reject(new Error('The socket was refused.')), { once: true })
    signal.addEventListener('abort', () => reject(new Error('Given up.')), { once: true })
  })
}

/** A secret for one session, minted by the page's server; rejects with `ConnectError`. */
export async function mintSecret({
  record = 'off',
  person = '',
  signal,
}: Pick<ConnectOptions, 'record' | 'person' | 'signal'>): Promise<string> {
  const grants = new URLSearchParams({
    ...(record !== 'off' && { record }),
    ...(person !== '' && { person }),
  })
  const response = await fetch(`/api/secret?${grants}`, { method: 'POST', signal }).catch(() => undefined)
  if (!response) throw new ConnectError({ code: 'gateway_unreachable', detail: undefined }, true)
  const body: unknown = await response.json().catch(() => undefined)
  const value: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, 'value') : undefined
  if (response.ok && typeof value === 'string') return value
  const isGone = response.status === 502
  throw new ConnectError(
    { code: isGone ? 'gateway_unreachable' : 'gateway_refused', detail: undefined },
    isGone,
  )
}

/** A browser hides why an upgrade failed: what the gateway says over HTTP tells a refusal from an absence. */
export async function refusedConnection({
  gatewayUrl,
  signal,
}: Pick<ConnectOptions, 'gatewayUrl' | 'signal'>): Promise<ConnectError> {
  const answer = await fetch(`${gatewayUrl}/healthz`, { mode: 'no-cors', cache: 'no-store', signal }).catch(
    () => undefined,
  )
  return answer
    ? new ConnectError({ code: 'gateway_refused', detail: undefined }, false)
    : new ConnectError({ code: 'gateway_unreachable', detail: undefined }, true)
}
