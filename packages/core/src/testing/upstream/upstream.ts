import { WebSocketServer, type WebSocket } from 'ws'
import { createConnection, type Connection } from './connection.ts'
import { loopbackServer, readable, type GateOptions, type UpgradeRequest } from './loopback-server.ts'
import { refuseUpgrade } from './refuse-upgrade.ts'
import type { Account, Admission, Handshake, Wire, WireName, WireObject } from './wire.ts'
import { wires } from './wires/wires.ts'

/** How a stand-in behaves; durations in real milliseconds. */
export interface UpstreamOptions extends GateOptions {
  /** The key it takes: a bearer at OpenAI, `api-key` at Azure. */
  readonly key: string
  /** The Entra token it takes as bearer at Azure; none by default. */
  readonly token?: string
  /** Upgrades and never sends an event. */
  readonly neverFirstEvent?: boolean
  /** Sends this error in place of `session.created` and closes. */
  readonly errorFirst?: { readonly code: string; readonly message: string }
  /** Sends these before `session.created`; `true` is a documented early event and an unknown one. */
  readonly earlyEvents?: boolean | readonly WireObject[]
  /** Mixes events of unknown types into session and answers. */
  readonly unknownEvents?: boolean
  /** Sessions end after this time, and say so beforehand where the service does. */
  readonly sessionLimitMs?: number
  /** Number of ids given before; lets two stand-ins of one service give different ones. Default 0. */
  readonly firstId?: number
  /** Real ms per ms of idle time-outs; default 1. */
  readonly timeScale?: number
  /** Real ms between two deltas; default 5. */
  readonly deltaIntervalMs?: number
  /** Real ms until the first `session.update` is acknowledged; default 5. */
  readonly acknowledgeMs?: number
  /** Transcripts of the user come after the whole answer; default false. */
  readonly lateTranscripts?: boolean
  /** Transcripts fail as `audio_unintelligible`; default false. */
  readonly failTranscripts?: boolean
  /** The service holds that much less sound of an answer than it sent; default 0. */
  readonly heldShortMs?: number
  /** `conversation.created` after `session.created`; default true. */
  readonly conversationCreated?: boolean
  readonly deployments?: readonly string[]
  readonly transcriptionDeployments?: readonly string[]
  readonly models?: readonly string[]
  /** Voices it speaks with, the default first; OpenAI's without it. */
  readonly voices?: readonly string[]
  /** Sees every event with its direction, before it is acted on and as it is sent. */
  readonly onEvent?: (from: 'client' | 'server', event: unknown) => void
}

/** A connection as it was dialled. */
export interface SeenConnection {
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly protocols: readonly string[]
}

/** A scripted stand-in for a paid service on loopback. */
export interface Upstream extends AsyncDisposable {
  /** `http://127.0.0.1:<port>` */
  readonly url: string
  readonly connections: readonly SeenConnection[]
  /** Events of all connections, as they came. */
  readonly received: readonly unknown[]
  /** Rules a correct client never breaks; tests assert that there are none. */
  readonly violations: readonly string[]
  /** Cuts every connection without a word. */
  dropAll(): void
  /** Refuses connections from now on with this HTTP status, or takes them again. */
  refuse(status: number | undefined): void
  /** The connections there are now are answered nothing more, although their sockets live. */
  fallSilent(): void
}

const maxPayload = 24 * 1024 * 1024

/** Starts a strict stand-in for `wire`. */
export async function realtimeUpstream(name: WireName, options: UpstreamOptions): Promise<Upstream> {
  const wire = wires[name]
  const account: Account = {
    key: options.key,
    token: options.token,
    deployments: options.deployments,
    transcriptionDeployments: options.transcriptionDeployments,
    models: options.models,
    voices: options.voices,
  }
  const connections: SeenConnection[] = []
  const received: unknown[] = []
  const violations: string[] = []
  const sockets = new Set<WebSocket>()
  const silent = new Set<WebSocket>()
  let ids = options.firstId ?? 0
  const newId = (prefix: string) => `${prefix}_${String(++ids).padStart(6, '0')}`
  const violate = (rule: string) => violations.push(rule)

  const webSockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload,
    handleProtocols: (offered) => (offered.has('realtime') ? 'realtime' : false),
  })

  const server = await loopbackServer(options, {
    violate,
    seen(asked) {
      const handshake = handshakeOf(asked)
      connections.push({ ...handshake, query: Object.fromEntries(handshake.query) })
    },
    upgrade(asked) {
      const handshake = handshakeOf(asked)
      const admission = wire.admit(handshake, account, violate)
      if (admission.kind === 'http') {
        refuseUpgrade(asked.stream, admission.status, admission)
        return
      }
      if (handshake.protocols.length > 0 && !handshake.protocols.includes('realtime'))
        violate(`subprotocols without realtime: ${handshake.protocols.length}`)
      webSockets.handleUpgrade(asked.request, asked.stream, asked.head, (socket) => {
        sockets.add(socket)
        socket.on('close', () => sockets.delete(socket))
        socket.on('error', () => socket.terminate())
        serve(socket, { wire, handshake, admission, account, options, newId, violate, received, silent })
      })
    },
  })
  return {
    url: server.url,
    connections,
    received,
    violations,
    dropAll: server.dropAll,
    refuse: server.refuse,
    fallSilent() {
      for (const socket of sockets) silent.add(socket)
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.terminate()
      await server[Symbol.asyncDispose]()
    },
  }
}

interface Serving {
  readonly wire: Wire
  readonly handshake: Handshake
  readonly admission: Exclude<Admission, { kind: 'http' }>
  readonly account: Account
  readonly options: UpstreamOptions
  newId(prefix: string): string
  violate(rule: string): void
  readonly received: unknown[]
  readonly silent: ReadonlySet<WebSocket>
}

function serve(socket: WebSocket, serving: Serving): void {
  const { wire, handshake, admission, account, options, newId, violate, received, silent } = serving
  const send = (event: WireObject) => {
    if (silent.has(socket)) return
    options.onEvent?.('server', event)
    if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(event))
  }
  const sendError = ({ code, message }: { readonly code: string; readonly message: string }) => {
    const error = { type: 'invalid_request_error', code, message, param: null, event_id: null }
    send({ type: 'error', event_id: newId('event'), error })
  }
  if (options.neverFirstEvent === true) return
  if (options.errorFirst !== undefined) {
    sendError(options.errorFirst)
    socket.close(1008, options.errorFirst.code)
    return
  }
  if (admission.kind === 'close') {
    if (admission.event) sendError(admission)
    socket.close(admission.close, admission.reason)
    return
  }
  const connection: Connection = createConnection({
    wire,
    account,
    manner: {
      deltaIntervalMs: options.deltaIntervalMs ?? 5,
      timeScale: options.timeScale ?? 1,
      lateTranscripts: options.lateTranscripts ?? false,
      failTranscripts: options.failTranscripts ?? false,
      unknownEvents: options.unknownEvents ?? false,
      heldShortMs: options.heldShortMs ?? 0,
    },
    session: { ...admission.session, ...expiry(admission.session, options), id: newId('sess') },
    traits: admission.traits,
    schemas: wire.schemas(handshake, account),
    newId,
    acknowledgeMs: options.acknowledgeMs ?? 5,
    violate,
    send,
    drop: () => {
      socket.terminate()
    },
    close: (code, reason) => {
      socket.close(code, reason)
    },
  })
  for (const event of earlyEvents(options)) send({ event_id: newId('event'), ...event })
  connection.begin(options.conversationCreated ?? true)
  const limit =
    options.sessionLimitMs === undefined ? undefined : setTimeout(connection.expire, options.sessionLimitMs)
  socket.on('message', (data: Buffer, isBinary) => {
    if (isBinary) violate('a binary frame')
    const text = data.toString('utf8')
    const event = readable(text)
    received.push(event)
    options.onEvent?.('client', event)
    connection.receive(text)
  })
  socket.on('close', () => {
    clearTimeout(limit)
    connection.end()
  })
}

/** When the session says that it ends, in whole seconds and never too late. */
function expiry(session: WireObject, { sessionLimitMs }: UpstreamOptions): WireObject {
  if (sessionLimitMs === undefined || typeof session['expires_at'] !== 'number') return {}
  return { expires_at: Math.floor((Date.now() + sessionLimitMs) / 1000) }
}

function earlyEvents({ earlyEvents: early = false }: UpstreamOptions): readonly WireObject[] {
  if (early === false) return []
  if (early !== true) return early
  const limit = { name: 'tokens', limit: 100_000, remaining: 99_999, reset_seconds: 0.6 }
  return [
    { type: 'rate_limits.updated', rate_limits: [limit] },
    { type: 'server.greeting', text: 'hello' },
  ]
}

function handshakeOf({ request, headers }: UpgradeRequest): Handshake {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1')
  const offered = headers['sec-websocket-protocol'] ?? ''
  return {
    path: url.pathname,
    query: url.searchParams,
    headers,
    protocols: offered
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== ''),
  }
}
