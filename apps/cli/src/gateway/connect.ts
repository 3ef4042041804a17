import type { IncomingMessage } from 'node:http'
import { openaiGa, webSocketChannel } from '@parley/core'
import type { Channel, ClientEvent, RealtimeError, ServerEvent } from '@parley/core'
import { WebSocket } from 'ws'
import { CommandFailure, stopped } from '../command-failure.ts'
import type { GatewayAddress } from './gateway-address.ts'
import { refusalFor } from './gateway-client.ts'

/** What a session is opened with; empty and absent values are left to the gateway. */
export interface SessionQuery {
  readonly backend?: string
  readonly model?: string
  readonly conversation?: string
  readonly record?: 'events' | 'audio'
}

/** Largest message taken, in bytes. */
const maxPayload = 32 * 1024 * 1024

const openTimeoutMs = 30_000

/** Opens a session as an ordinary client does. Rejects with a `CommandFailure` in the gateway's own words. */
export async function connect(
  gateway: GatewayAddress,
  query: SessionQuery,
  {
    signal,
    onInvalid,
  }: { readonly signal: AbortSignal; readonly onInvalid?: (error: RealtimeError) => void },
): Promise<Channel<ServerEvent, ClientEvent>> {
  const { url, key } = gateway
  const address = new URL(`${url.replace(/^http/, 'ws')}/v1/realtime`)
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') address.searchParams.set(name, value)
  }
  const socket = new WebSocket(address, {
    headers: key === undefined ? {} : { authorization: `Bearer ${key}` },
    maxPayload,
    perMessageDeflate: false,
    handshakeTimeout: openTimeoutMs,
  })
  const opening = Promise.withResolvers<void>()
  const abort = (): void => opening.reject(stopped())
  signal.addEventListener('abort', abort, { once: true })
  if (signal.aborted) abort()
  // Nothing may be lost before the channel takes the socket.
  socket.once('open', () => {
    socket.pause()
    opening.resolve()
  })
  socket.once('unexpected-response', (_request, response) => {
    void bodyOf(response).then((body) => opening.reject(refusalFor(gateway, response.statusCode ?? 0, body)))
  })
  // It stays attached: a socket without an error listener can end the process.
  socket.on('error', (cause) => {
    const code = 'code' in cause ? String(cause.code) : cause.message
    opening.reject(new CommandFailure(`No session at ${url} (${code}).`, undefined, { cause }))
  })
  try {
    await opening.promise
  } catch (error) {
    socket.terminate()
    throw error
  } finally {
    signal.removeEventListener('abort', abort)
  }
  return webSocketChannel(socket, openaiGa.connector(), onInvalid === undefined ? {} : { onInvalid })
}

async function bodyOf(response: IncomingMessage): Promise<string> {
  let body = ''
  response.setEncoding('utf8')
  try {
    for await (const text of response) body += String(text)
  } catch {
    // What came of it is enough.
  }
  return body
}
