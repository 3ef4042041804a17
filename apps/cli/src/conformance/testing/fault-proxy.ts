import { once } from 'node:events'
import { createServer } from 'node:http'
import type { IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { WebSocket, WebSocketServer } from 'ws'
import { parseEvent } from '../reader.ts'
import type { WireEvent } from '../reader.ts'

/** A frame on its way through; an event is written as JSON. */
export type Passing = WireEvent | string | Uint8Array

/** The two ends of a connection, as a fault may reach them. */
export interface Ends {
  readonly toClient: (frame: Passing) => void
  readonly toServer: (frame: Passing) => void
  readonly client: WebSocket
}

/** What a faulty server does otherwise than the one behind it, on one connection. */
export interface Fault {
  /** Frames in the place of an event of the server. */
  readonly fromServer?: (event: WireEvent, ends: Ends) => readonly Passing[]
  /** Frames in the place of what the client sent. */
  readonly fromClient?: (frame: Passing, ends: Ends) => readonly Passing[]
  /** Selects no subprotocol. */
  readonly noSubprotocol?: true
  /** Answers no ping. */
  readonly noPong?: true
  /** Lets every key in. */
  readonly anyKey?: true
}

/** A server on this machine that is the one behind it, but for the fault named by the address. */
interface FaultProxy extends AsyncDisposable {
  readonly url: string
}

/** Where the proxied server is, with a key that it accepts. */
interface Behind {
  readonly url: string
  readonly key: string | undefined
}

/**
 * Passes connections on to the server behind, changed by the fault that `?fault=` names; a fault is made for each
 * connection and may keep what it has seen.
 */
export async function startFaultProxy(
  behind: Behind,
  faultOf: (name: string) => (() => Fault) | undefined,
): Promise<FaultProxy> {
  const server = createServer()
  const sockets = new Set<WebSocket>()
  server.on('upgrade', (request, socket, head) => {
    const url = new URL(request.url ?? '/', behind.url)
    const fault = faultOf(url.searchParams.get('fault') ?? '')?.() ?? {}
    url.searchParams.delete('fault')
    void pass({ request, socket, head }, { url, fault, key: behind.key, sockets })
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  // A listening TCP server has an address with a port.
  const { port } = server.address() as AddressInfo
  return {
    url: `ws://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.terminate()
      server.close()
      await once(server, 'close')
    },
  }
}

interface Upgrade {
  readonly request: IncomingMessage
  readonly socket: Duplex
  readonly head: Buffer
}

interface Route {
  readonly url: URL
  readonly fault: Fault
  readonly key: string | undefined
  readonly sockets: Set<WebSocket>
}

async function pass({ request, socket, head }: Upgrade, { url, fault, key, sockets }: Route): Promise<void> {
  const names = ['authorization', 'api-key', 'openai-beta'] as const
  const headers = Object.fromEntries(
    names.flatMap((name) => {
      const value = request.headers[name]
      return value === undefined ? [] : [[name, String(value)]]
    }),
  )
  if (fault.anyKey && key !== undefined) headers['authorization'] = `Bearer ${key}`
  const upstream = new WebSocket(url.href.replace(/^http/, 'ws'), { headers, perMessageDeflate: false })
  sockets.add(upstream)
  upstream.once('close', () => sockets.delete(upstream))
  const early: WireEvent[] = []
  const listen = (data: Buffer) => void early.push(eventOf(data))
  upstream.on('message', listen)
  upstream.on('error', () => undefined)
  const status = await Promise.race([opened(upstream), refused(upstream)])
  if (status !== 101) {
    socket.end(`HTTP/1.1 ${status} Refused\r\ncontent-length: 0\r\n\r\n`)
    return
  }
  const acceptor = new WebSocketServer({
    noServer: true,
    autoPong: !fault.noPong,
    maxPayload: 64 * 1024 * 1024,
    handleProtocols: () => (fault.noSubprotocol ? false : 'realtime'),
  })
  acceptor.handleUpgrade(request, socket, head, (client) => {
    sockets.add(client)
    client.on('error', () => undefined)
    upstream.off('message', listen)
    connect(client, upstream, { fault, early })
  })
}

async function opened(upstream: WebSocket): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<number>()
  upstream.once('open', () => resolve(101))
  return promise
}

/** The HTTP status a server refuses the upgrade with. */
async function refused(upstream: WebSocket): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<number>()
  upstream.once('unexpected-response', (request, response) => {
    request.destroy()
    resolve(response.statusCode ?? 502)
  })
  return promise
}

/** Joins the two ends; what came from the server before is passed on first. */
function connect(
  client: WebSocket,
  upstream: WebSocket,
  { fault, early }: { readonly fault: Fault; readonly early: readonly WireEvent[] },
): void {
  const ends: Ends = {
    client,
    toClient: (frame) => void (client.readyState === WebSocket.OPEN && client.send(written(frame))),
    toServer: (frame) => void (upstream.readyState === WebSocket.OPEN && upstream.send(written(frame))),
  }
  const fromServer = (event: WireEvent) => (fault.fromServer?.(event, ends) ?? [event]).forEach(ends.toClient)
  early.forEach(fromServer)
  upstream.on('message', (data: Buffer) => fromServer(eventOf(data)))
  upstream.on('close', (code, reason) => closeAs(client, { code, reason }))
  client.on('message', (data: Buffer, isBinary: boolean) => {
    const text = data.toString()
    const frame: Passing = isBinary ? new Uint8Array(data) : (parseEvent(text) ?? text)
    ;(fault.fromClient?.(frame, ends) ?? [isBinary ? frame : text]).forEach(ends.toServer)
  })
  client.on('close', (code, reason) => closeAs(upstream, { code, reason }))
}

function closeAs(
  socket: WebSocket,
  { code, reason }: { readonly code: number; readonly reason: Buffer },
): void {
  // 1005 and 1006 say that there was no code; they cannot be sent.
  if (code === 1005 || code === 1006) socket.terminate()
  else socket.close(code, reason)
}

function eventOf(data: Buffer): WireEvent {
  const event = parseEvent(data.toString())
  if (event === undefined) throw new Error('The server behind sent no event.')
  return event
}

function written(frame: Passing): string | Uint8Array {
  return typeof frame === 'string' || frame instanceof Uint8Array ? frame : JSON.stringify(frame)
}
