import { pause, waitBefore } from './backoff.ts'
import { askWhy, protocolsOf, realtimeUrl } from './dial.ts'
import type { DialOptions, WebSocketLike } from './dial.ts'
import { createEventQueue } from './event-queue.ts'
import type { ClientEventJson, ServerEventJson } from './events.ts'
import { createLogicalSession } from './logical-session.ts'
import { openSocket } from './open-socket.ts'
import type { SocketEnd } from './open-socket.ts'

/** What a connection is doing. */
export type ConnectionState =
  | { readonly name: 'connecting' }
  /**
   * `new`: a fresh session; `resumed`: the same session, nothing is missing; `continued`: a fresh session on the same
   * conversation, because the old one is over.
   */
  | { readonly name: 'open'; readonly how: 'new' | 'resumed' | 'continued' }
  /** Attempts count from 1. */
  | { readonly name: 'reconnecting'; readonly attempt: number; readonly reason: string }
  /** `code` is a WebSocket close code, or the HTTP status of a refusal. */
  | { readonly name: 'closed'; readonly code: number; readonly reason: string }

/** Where to connect, as whom, and how stubbornly. */
export interface ConnectOptions {
  /** Address of the gateway, with or without its path: `https://host`, `wss://host/v1/realtime?model=...`. */
  readonly url: string
  /** `backend`, `model`, `conversation` and whatever else the server knows. */
  readonly query?: Readonly<Record<string, string>>
  /** An API key. Never in a browser. */
  readonly key?: string
  /** Gives a client secret; asked once for each new session. */
  readonly secret?: () => Promise<string>
  /** Beside those the credential needs. */
  readonly protocols?: readonly string[]
  /** Whether a lost connection is taken up again. Default true. */
  readonly resume?: boolean
  /** Default: the WebSocket of the platform. */
  readonly createSocket?: (url: string, protocols: readonly string[]) => WebSocketLike
  /** Default: the one of the platform. Asks why an upgrade was refused. */
  readonly fetch?: typeof fetch
  /** Told of each change, synchronously. */
  readonly onState?: (state: ConnectionState) => void
  /** Told of the events about the connection itself, which are not among the others. */
  readonly onNotice?: (event: ServerEventJson) => void
  /** Before the second attempt (ms); it doubles with each. Default 250. */
  readonly baseDelayMs?: number
  /** Default 5,000. */
  readonly maxDelayMs?: number
  /** Attempts end this long after the connection was lost (ms). Default 300,000. */
  readonly giveUpAfterMs?: number
  /** A socket that takes nothing for so long is given up (ms). Default 10,000. */
  readonly stallMs?: number
  /** A connection to a gateway that shows no life for so long is given up (ms). Default 60,000. */
  readonly silentMs?: number
  /** Sent events kept until the server needs them no more. Default 8 MiB. */
  readonly maxKeptBytes?: number
  /** In [0, 1). Default `Math.random`. */
  readonly random?: () => number
}

/** A session with a realtime server; iterate it once for the server's events. */
export interface ParleyConnection extends AsyncIterable<ServerEventJson>, AsyncDisposable {
  readonly state: ConnectionState
  /** `undefined` until the server has said it. */
  readonly conversationId: string | undefined
  /** Characters that the network has not taken yet. */
  readonly bufferedAmount: number
  /** Sends an event, now or when the connection is back; after the close it does nothing. */
  send(event: ClientEventJson): void
  /** Says good-bye: the server ends the session at once. Resolves when it has answered, or after a second. */
  close(code?: number, reason?: string): Promise<void>
}

/** Sockets that end sooner count as failures, so that a server that ends every session is not asked for ever (ms). */
const stableMs = 5000
const maxShortSessions = 3

/** Closes after which coming back is of use: going away, lost, failed, restart, try again later, bad gateway, TLS. */
const passing = new Set([1001, 1006, 1011, 1012, 1013, 1014, 1015])

/** Connects and stays connected until `close`, a refusal, or too long without a network. */
export function connect(options: ConnectOptions): ParleyConnection {
  const { query = {}, protocols = [], baseDelayMs = 250, maxDelayMs = 5000 } = options
  const { giveUpAfterMs = 300_000, stallMs = 10_000, silentMs = 60_000, random = Math.random } = options
  const session = createLogicalSession({
    resume: options.resume ?? true,
    conversationId: query['conversation'],
    maxKeptBytes: options.maxKeptBytes ?? 8 * 1024 * 1024,
  })
  const queue = createEventQueue<ServerEventJson>()
  const ended = new AbortController()
  const over = Promise.withResolvers<void>()
  let state: ConnectionState = { name: 'connecting' }
  let socket: { readonly raw: WebSocketLike; readonly isReady: () => boolean } | undefined
  let credential = options.key
  let waitMs: number | undefined

  function enter(next: ConnectionState): void {
    if (state.name === 'closed') return
    state = next
    options.onState?.(next)
    if (next.name !== 'closed') return
    queue.end()
    ended.abort()
    over.resolve()
  }

  function take(event: ServerEventJson): boolean {
    const reaction = session.receive(event)
    if (reaction.lost) {
      session.isOver()
      waitMs = 0
      return false
    }
    if (reaction.greeted) for (const text of reaction.send) socket?.raw.send(text)
    if (reaction.greeted) enter({ name: 'open', how: reaction.how })
    if (reaction.reconnectAfterMs !== undefined) waitMs = reaction.reconnectAfterMs
    if (reaction.deliver) queue.push(event)
    else options.onNotice?.(event)
    return true
  }

  async function attempt(): Promise<SocketEnd | undefined> {
    if (options.secret && (credential === undefined || session.target !== 'back'))
      credential = await options.secret()
    if (ended.signal.aborted) return undefined
    const dial: DialOptions = {
      url: options.url,
      query,
      credential,
      protocols,
      createSocket: options.createSocket ?? defaultSocket,
      fetch: options.fetch ?? ((...request) => fetch(...request)),
    }
    const leftOut = session.target === 'back' ? settled : {}
    const address = realtimeUrl(dial, { ...leftOut, ...session.query() })
    const raw = dial.createSocket(String(address), protocolsOf(dial))
    let ready = false
    socket = { raw, isReady: () => ready }
    session.dialled()
    const end = await openSocket(raw, {
      signal: ended.signal,
      stallMs,
      // Others than Parley may have nothing to say for hours.
      silentMs: () => (session.target === 'back' ? silentMs : Infinity),
      isReady: () => ready,
      onOpen() {
        ready = !session.waitsForGreeting
        if (!ready) return
        for (const text of session.unsent()) raw.send(text)
        enter({ name: 'open', how: 'new' })
      },
      onEvent(event) {
        ready = true
        return take(event)
      },
    })
    socket = undefined
    if (end.opened || ended.signal.aborted) return end
    const { status, code, message } = await askWhy(address, dial)
    // The session is over, or what is lacking is kept no more.
    if (session.target === 'back' && status === 404) {
      session.isOver()
      waitMs = 0
      return end
    }
    const isFinal = status >= 400 && status < 500 && status !== 426 && status !== 429 && status !== 408
    if (isFinal) enter({ name: 'closed', code: status, reason: message ?? code ?? `Refused with ${status}.` })
    return end
  }

  async function run(): Promise<void> {
    let attempts = 0
    let short = 0
    let lostAt: number | undefined
    while (!ended.signal.aborted) {
      const { target } = session
      const openedAt = Date.now()
      const end = await attempt()
      if (end === undefined || ended.signal.aborted) break
      const lasted = Date.now() - openedAt
      if (end.opened && lasted >= stableMs) [attempts, short, lostAt] = [0, 0, undefined]
      else if (end.opened && target !== 'back' && end.code !== 1006) short += 1
      lostAt ??= Date.now()
      const useless = end.opened ? !passing.has(end.code) || !session.canGoOn : false
      if (useless || short > maxShortSessions || Date.now() - lostAt > giveUpAfterMs) {
        return enter({ name: 'closed', code: end.code, reason: end.reason })
      }
      attempts += 1
      enter({ name: 'reconnecting', attempt: attempts, reason: end.reason })
      const wait =
        waitMs ?? waitBefore(end.opened ? attempts - 1 : attempts, { baseDelayMs, maxDelayMs, random })
      waitMs = undefined
      await pause(wait, ended.signal)
    }
  }

  void run().catch((error: unknown) => {
    enter({ name: 'closed', code: 1006, reason: error instanceof Error ? error.message : 'failed' })
  })

  return {
    get state() {
      return state
    },
    get conversationId() {
      return session.conversationId
    },
    get bufferedAmount() {
      return socket?.raw.bufferedAmount ?? 0
    },
    send(event) {
      if (state.name === 'closed') return
      const text = session.send(event, socket?.isReady() ?? false)
      if (text !== undefined) socket?.raw.send(text)
    },
    close(code = 1000, reason = '') {
      const raw = socket?.raw
      raw?.close(code, reason)
      enter({ name: 'closed', code, reason })
      return raw ? gone(raw) : over.promise
    },
    [Symbol.asyncIterator]: () => queue[Symbol.asyncIterator](),
    [Symbol.asyncDispose]() {
      return this.close()
    },
  }
}

/** A session that is resumed keeps what it was opened with: a server refuses these beside its token. */
const settled = {
  conversation: undefined,
  backend: undefined,
  model: undefined,
  deployment: undefined,
  intent: undefined,
  record: undefined,
  context: undefined,
  context_tokens: undefined,
  person: undefined,
  keep_audio: undefined,
}

/** A server that is gone answers no good-bye (ms). */
const goodByeMs = 1000

/** Resolves when a socket that is being closed and has no other listener is closed. */
function gone(socket: WebSocketLike): Promise<void> {
  return new Promise((resolve) => {
    if (socket.readyState === 3) return resolve()
    const timer = setTimeout(resolve, goodByeMs)
    socket.onclose = () => {
      clearTimeout(timer)
      resolve()
    }
  })
}

function defaultSocket(url: string, protocols: readonly string[]): WebSocketLike {
  return new WebSocket(url, [...protocols])
}
