import { WebSocketServer, type WebSocket } from 'ws'
import { createGeminiSession, type GeminiSession, type GeminiSnapshot } from './gemini-session.ts'
import { loopbackServer, readable } from './loopback-server.ts'
import { refuseUpgrade } from './refuse-upgrade.ts'
import type { SeenConnection, Upstream, UpstreamOptions } from './upstream.ts'

/** How the stand-in for Gemini Live behaves; durations in real milliseconds. */
export interface GeminiUpstreamOptions extends Pick<
  UpstreamOptions,
  | 'key'
  | 'openDelayMs'
  | 'refuse'
  | 'neverUpgrade'
  | 'unknownEvents'
  | 'deltaIntervalMs'
  | 'lateTranscripts'
  | 'onEvent'
> {
  /** The OAuth token it takes on the Google Cloud path. */
  readonly token?: string
  /** Never answers a setup. */
  readonly neverFirstEvent?: boolean
  /** Closes at once, as the service does with a key it does not know. */
  readonly closeFirst?: { readonly code: number; readonly reason: string }
  /** Frames are binary, as the service sends them; default true. */
  readonly binaryFrames?: boolean
  /** Writes keys in snake_case. */
  readonly snakeCase?: boolean
  /** Puts words, sound and usage into one message. */
  readonly combinedKeys?: boolean
  /** Default 0. */
  readonly turnEndDelayMs?: number
  /** Refuses every handle with 1007. */
  readonly refuseHandles?: boolean
  /** Says `goAway` that long after each upgrade, and hangs up when the announced time is over. */
  readonly sessionLimitMs?: number
}

/** A scripted stand-in for Gemini Live on loopback. */
export interface GeminiUpstream extends Upstream {
  /** Announces the end of every connection and hangs up after `leftMs`. */
  goAway(leftMs: number): void
  /** Closes every connection. */
  closeAll(code: number, reason: string): void
  /** No handle given so far is worth anything any more. */
  forgetHandles(): void
}

const service = '/ws/google.ai.generativelanguage'

interface Admission {
  readonly vertex: boolean
  /** Answered by HTTP status before the upgrade, or by a close after it. */
  readonly refusal:
    | { readonly status: number }
    | { readonly close: number; readonly reason: string }
    | undefined
}

/** Starts a strict stand-in for Gemini Live, on the Gemini API's paths and on Google Cloud's. */
export async function geminiUpstream(options: GeminiUpstreamOptions): Promise<GeminiUpstream> {
  const connections: SeenConnection[] = []
  const received: unknown[] = []
  const violations: string[] = []
  const handles = new Map<string, GeminiSnapshot>()
  const open = new Map<WebSocket, GeminiSession>()
  const timers = new Set<NodeJS.Timeout>()
  const silent = new Set<WebSocket>()
  let ids = 0
  const newId = (prefix: string) => `${prefix}-${String(++ids).padStart(6, '0')}`

  const webSockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: 24 * 1024 * 1024,
  })

  function later(ms: number, run: () => void): void {
    const timer = setTimeout(() => {
      timers.delete(timer)
      run()
    }, ms)
    timers.add(timer)
  }

  function say(socket: WebSocket, message: object): void {
    if (silent.has(socket)) return
    options.onEvent?.('server', message)
    if (socket.readyState !== socket.OPEN) return
    const text = JSON.stringify(options.snakeCase ? inSnakeCase(message) : message)
    socket.send(options.binaryFrames === false ? text : Buffer.from(text))
  }

  function leave(socket: WebSocket, leftMs: number): void {
    say(socket, { goAway: { timeLeft: `${leftMs / 1000}s` } })
    later(leftMs, () => socket.close(1011, 'The operation was aborted.'))
  }

  function serve(socket: WebSocket, { vertex, refusal }: Admission): void {
    socket.on('error', () => socket.terminate())
    const early =
      options.closeFirst ?? (refusal && 'close' in refusal ? { code: refusal.close, ...refusal } : undefined)
    if (early) return socket.close(early.code, early.reason)
    const session = createGeminiSession({
      vertex,
      handles: options.refuseHandles ? new Map() : handles,
      newId,
      manner: {
        deltaIntervalMs: options.deltaIntervalMs ?? 5,
        lateTranscripts: options.lateTranscripts ?? false,
        combinedKeys: options.combinedKeys ?? false,
        unknownEvents: options.unknownEvents ?? false,
        turnEndDelayMs: options.turnEndDelayMs ?? 0,
      },
      send: (message) => say(socket, message),
      close: (code, reason) => socket.close(code, reason),
      drop: () => socket.terminate(),
      violate: (rule) => {
        if (rule !== '') violations.push(rule)
      },
    })
    open.set(socket, session)
    socket.on('close', () => {
      session.end()
      open.delete(socket)
    })
    socket.on('message', (data: Buffer) => {
      const text = data.toString('utf8')
      const message = readable(text)
      received.push(message)
      options.onEvent?.('client', message)
      if (options.neverFirstEvent !== true) session.receive(text)
    })
    if (options.sessionLimitMs !== undefined) later(options.sessionLimitMs, () => leave(socket, 50))
  }

  const server = await loopbackServer(options, {
    violate: (rule) => violations.push(rule),
    seen({ request, headers }) {
      const url = addressOf(request.url)
      connections.push({
        path: url.pathname,
        query: Object.fromEntries(url.searchParams),
        headers,
        protocols: [],
      })
    },
    upgrade({ request, stream, head }) {
      const admission = admit(addressOf(request.url), request.headers.authorization, options)
      if (admission.refusal && 'status' in admission.refusal) {
        refuseUpgrade(stream, admission.refusal.status, {
          code: 'refused',
          message: 'The stand-in refused.',
        })
        return
      }
      webSockets.handleUpgrade(request, stream, head, (socket) => serve(socket, admission))
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
      for (const socket of open.keys()) silent.add(socket)
    },
    goAway(leftMs) {
      for (const socket of open.keys()) leave(socket, leftMs)
    },
    closeAll(code, reason) {
      for (const socket of open.keys()) socket.close(code, reason)
    },
    forgetHandles() {
      handles.clear()
    },
    async [Symbol.asyncDispose]() {
      for (const timer of timers) clearTimeout(timer)
      for (const socket of open.keys()) socket.terminate()
      await server[Symbol.asyncDispose]()
    },
  }
}

/** Which path, with which credential. A path with two slashes in front is served, as Google's own client asks for it. */
function admit(
  url: URL,
  authorization: string | undefined,
  { key, token }: GeminiUpstreamOptions,
): Admission {
  const path = url.pathname.replace(/^\/+/, '/')
  if (path === '/ws/google.cloud.aiplatform.v1beta1.LlmBidiService/BidiGenerateContent') {
    const known = token !== undefined && authorization === `Bearer ${token}`
    return { vertex: true, refusal: known ? undefined : { status: 401 } }
  }
  const plain =
    path === `${service}.v1beta.GenerativeService.BidiGenerateContent` ||
    path === `${service}.v1.GenerativeService.BidiGenerateContent`
  const constrained = path === `${service}.v1alpha.GenerativeService.BidiGenerateContentConstrained`
  if (!plain && !constrained) return { vertex: false, refusal: { status: 404 } }
  if (constrained !== key.startsWith('auth_tokens/')) return { vertex: false, refusal: { status: 403 } }
  const given = url.searchParams.get(constrained ? 'access_token' : 'key')
  if (given === null) return { vertex: false, refusal: { status: 403 } }
  const reason = 'API key not valid. Please pass a valid API key.'
  return { vertex: false, refusal: given === key ? undefined : { close: 1007, reason } }
}

function addressOf(path: string | undefined): URL {
  return new URL(`http://127.0.0.1${path ?? '/'}`)
}

function inSnakeCase(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(inSnakeCase)
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => [
      key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      key === 'args' ? child : inSnakeCase(child),
    ]),
  )
}
