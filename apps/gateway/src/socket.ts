import { createServer as createHttpServer } from 'node:http'
import type { IncomingMessage, Server } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import type { Duplex } from 'node:stream'
import { createAdaptorServer } from '@hono/node-server'
import { createNodeWebSocket } from '@hono/node-ws'
import { RealtimeError } from '@parley/core'
import { Hono } from 'hono'
import type { Context } from 'hono'
import type { WebSocket, WebSocketServer } from 'ws'
import { chooseProtocol } from './auth.ts'
import type { RouteEnvironment } from './route-environment.ts'
import { errorResponse } from './error-response.ts'
import { handshakeFault, toRequest, wantsWebSocket, writeResponse } from './handshake.ts'
import type { Limits } from './limits.ts'
import { errorFields } from './telemetry.ts'
import type { Log } from './telemetry.ts'

/** Answers requests. An upgrade answered without `Sockets.accept` is refused with that answer. */
type Fetch = (request: Request, env: RouteEnvironment['Bindings']) => Response | Promise<Response>

/** Where to listen. */
export interface ListenOptions {
  readonly host: string
  /** 0 for any free port. */
  readonly port: number
  /** Takes the next free port when `port` is in use. */
  readonly orNext: boolean
  /** PEM texts; `undefined` for plain HTTP. */
  readonly tls: { readonly cert: string; readonly key: string } | undefined
}

/** A listening server. */
export interface Listener {
  /** Scheme, host and port, without a slash at the end. */
  readonly url: string
  /** Lets nobody in any more and drops every connection; resolves when the port is free. */
  close(): Promise<void>
}

/** HTTP and WebSocket over one port: the only place that knows which library does it. */
export interface Sockets {
  /**
   * Upgrades the request of `context`; `onOpen` gets the raw socket before its first message and must not
   * throw. A request that asks for no WebSocket is answered with status 426.
   */
  accept(context: Context<RouteEnvironment>, onOpen: (socket: WebSocket) => void): Promise<Response>
  /** Serves `fetch`; rejects when the address cannot be had. */
  listen(fetch: Fetch, options: ListenOptions): Promise<Listener>
}

/** How many ports after the wanted one are tried. */
const portAttempts = 100

/** A server's sockets, held to `limits`. */
export function createSockets(limits: Limits, log: Log): Sockets {
  // Its `injectWebSocket` is left out: that one drops the body of a refusal, and a request target it cannot
  // parse rejects in an event listener, which ends the process.
  const { upgradeWebSocket, wss } = createNodeWebSocket({ app: new Hono() })
  wss.options.maxPayload = limits.maxMessageBytes
  wss.options.perMessageDeflate = false
  wss.options.handleProtocols = (offered) => chooseProtocol(offered)
  wss.on('connection', (socket) => {
    socket.on('error', (error) => log.debug(errorFields(error), 'socket failed'))
  })
  const upgradable = new WeakSet<IncomingMessage>()
  const accepted = new WeakSet<IncomingMessage>()

  async function upgrade(
    fetch: Fetch,
    request: IncomingMessage,
    socket: Duplex,
    head: Buffer,
  ): Promise<void> {
    socket.on('error', (error) => log.debug(errorFields(error), 'upgrade failed'))
    try {
      const fault = handshakeFault(request)
      if (fault !== undefined) return await writeResponse(socket, errorResponse(fault))
      upgradable.add(request)
      const scheme = 'encrypted' in socket ? 'https' : 'http'
      const response = await fetch(toRequest(request, scheme), { incoming: request })
      if (!accepted.has(request)) return await writeResponse(socket, response)
      wss.handleUpgrade(request, socket, head, (webSocket) => wss.emit('connection', webSocket, request))
    } catch (error) {
      log.error(errorFields(error), 'upgrade failed')
      socket.destroy()
    }
  }

  return {
    async accept(context, onOpen) {
      const { incoming } = context.env
      if (incoming === undefined || !upgradable.has(incoming)) return upgradeRequired()
      accepted.add(incoming)
      return upgradeWebSocket(
        context,
        { onOpen: (_event, { raw }) => raw && onOpen(raw) },
        { onError: (error) => log.error(errorFields(error), 'socket handler failed') },
      )
    },

    async listen(fetch, options) {
      const server = createServer(fetch, limits, options.tls)
      server.on('upgrade', (request, socket, head) => void upgrade(fetch, request, socket, head))
      const closed = Promise.withResolvers<void>()
      server.on('close', () => closed.resolve())
      const port = await bind(server, options)
      server.on('error', (error) => log.error(errorFields(error), 'server failed'))
      const pings = setInterval(pingClients(wss), limits.pingIntervalMs)
      pings.unref()
      const host = options.host.includes(':') ? `[${options.host}]` : options.host
      return {
        url: `${options.tls === undefined ? 'http' : 'https'}://${host}:${port}`,
        async close() {
          clearInterval(pings)
          server.close()
          for (const client of wss.clients) client.terminate()
          server.closeAllConnections()
          await closed.promise
        },
      }
    },
  }
}

function createServer(fetch: Fetch, limits: Limits, tls: ListenOptions['tls']): Server {
  const options = {
    headersTimeout: limits.headersTimeoutMs,
    requestTimeout: limits.requestTimeoutMs,
    connectionsCheckingInterval: limits.connectionsCheckMs,
    shouldUpgradeCallback: wantsWebSocket,
  }
  const listener = {
    // HTTP/2 is not served, so the request is always that of HTTP/1.
    fetch: (request: Request, env: { incoming: unknown }) =>
      fetch(request, { incoming: env.incoming as IncomingMessage }),
  }
  const server =
    tls === undefined
      ? createAdaptorServer({ ...listener, createServer: createHttpServer, serverOptions: options })
      : createAdaptorServer({
          ...listener,
          createServer: createHttpsServer,
          serverOptions: { ...options, ...tls, handshakeTimeout: limits.headersTimeoutMs },
        })
  // The factories above make no other kind.
  return server as Server
}

/** Listens on the wanted port, or on one of the next; gives the port. */
async function bind(server: Server, { host, port, orNext }: ListenOptions): Promise<number> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await listenOnce(server, host, port === 0 ? 0 : port + attempt)
    } catch (error) {
      const inUse = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
      if (!inUse || !orNext || attempt === portAttempts) throw error
    }
  }
}

function listenOnce(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : port)
    })
  })
}

/** One round of pings: who has been silent for two of them is dropped. */
function pingClients(wss: WebSocketServer): () => void {
  const unanswered = new WeakMap<WebSocket, number>()
  wss.on('connection', (socket) => {
    const heard = (): void => void unanswered.set(socket, 0)
    socket.on('pong', heard)
    socket.on('message', heard)
  })
  return () => {
    for (const socket of wss.clients) {
      const count = unanswered.get(socket) ?? 0
      if (count >= 2) socket.terminate()
      else {
        unanswered.set(socket, count + 1)
        socket.ping()
      }
    }
  }
}

function upgradeRequired(): Response {
  const error = new RealtimeError('unsupported', 'This address speaks WebSocket only.', { param: 'upgrade' })
  return errorResponse(error, { status: 426, headers: { upgrade: 'websocket' } })
}
