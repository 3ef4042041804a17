import { STATUS_CODES } from 'node:http'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { RealtimeError } from '@parley/core'
import { offeredProtocols } from './auth.ts'

/** True when the client asks to upgrade to WebSocket and to nothing else. */
export function wantsWebSocket(request: IncomingMessage): boolean {
  return request.headers.upgrade?.toLowerCase() === 'websocket'
}

/** What is wrong with a WebSocket handshake by RFC 6455 section 4.2.1, `undefined` when it is fine. */
export function handshakeFault(request: IncomingMessage): RealtimeError | undefined {
  const { headers } = request
  if (request.method !== 'GET') return fault('A WebSocket handshake is a GET request.', 'method')
  if (!/^[+/0-9A-Za-z]{22}==$/.test(headers['sec-websocket-key'] ?? '')) {
    return fault('The handshake needs a Sec-WebSocket-Key of 16 bytes.', 'sec-websocket-key')
  }
  if (headers['sec-websocket-version'] !== '13') {
    return fault('The handshake needs Sec-WebSocket-Version 13.', 'sec-websocket-version')
  }
  const protocols = headers['sec-websocket-protocol']
  const offered = offeredProtocols(protocols)
  const wellFormed = offered.every((name) => /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(name))
  const complete = protocols === undefined || protocols.split(',').length === offered.length
  if (!wellFormed || !complete || new Set(offered).size !== offered.length) {
    return fault('Sec-WebSocket-Protocol is not a list of different tokens.', 'sec-websocket-protocol')
  }
  if (URL.parse(addressOf(request, 'http')) === null) return fault('The request target is not a URL.', 'url')
  return undefined
}

/** The upgrade request as the routes see it. Only for one without a `handshakeFault`. */
export function toRequest(request: IncomingMessage, scheme: 'http' | 'https'): Request {
  const headers = new Headers()
  for (const [name, value] of Object.entries(request.headers)) {
    for (const part of Array.isArray(value) ? value : [value ?? '']) headers.append(name, part)
  }
  return new Request(addressOf(request, scheme), { headers })
}

/** Answers an upgrade request with a plain response and ends the connection. */
export async function writeResponse(socket: Duplex, response: Response): Promise<void> {
  const body = Buffer.from(await response.arrayBuffer())
  const headers = new Headers(response.headers)
  headers.set('connection', 'close')
  headers.set('content-length', String(body.length))
  const status = `HTTP/1.1 ${response.status} ${STATUS_CODES[response.status] ?? ''}`
  const lines = [...headers].map(([name, value]) => `${name}: ${value}`)
  socket.once('finish', () => socket.destroy())
  socket.end(Buffer.concat([Buffer.from(`${[status, ...lines].join('\r\n')}\r\n\r\n`), body]))
}

function addressOf(request: IncomingMessage, scheme: string): string {
  return `${scheme}://${request.headers.host ?? 'localhost'}${request.url ?? '/'}`
}

function fault(message: string, param: string): RealtimeError {
  return new RealtimeError('invalid_value', message, { param })
}
