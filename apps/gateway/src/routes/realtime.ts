import { setTimeout as delay } from 'node:timers/promises'
import {
  errorTable,
  openaiBeta,
  openaiGa,
  RealtimeError,
  toErrorEvent,
  toRealtimeError,
  voiceLive,
  webSocketChannel,
} from '@parley/core'
import type { ClientEvent, Dialect } from '@parley/core'
import type { ClientChannel, SessionPorts, SessionSummary } from '@parley/core/session'
import type { ContextStore } from '@parley/core/storage'
import { Hono } from 'hono'
import type { WebSocket } from 'ws'
import { backendRequest, chooseBackend } from '../backend-choice.ts'
import type { BackendChoice, BackendChoices, VoiceLiveModes } from '../backend-choice.ts'
import { credentialsOf } from '../auth.ts'
import { parseConversationId } from '../conversation-id.ts'
import { chooseDialect } from '../dialect-choice.ts'
import type { ServedDialect } from '../dialect-choice.ts'
import type { RouteEnvironment } from '../route-environment.ts'
import { errorResponse } from '../error-response.ts'
import type { Limits } from '../limits.ts'
import type { LiveConversations } from '../live-conversations.ts'
import type { Metrics } from '../metrics.ts'
import { codeLabel, createSessionMetrics } from '../session-metrics.ts'
import type { RecordKind } from '../record-kinds.ts'
import type { Recorded, Recorder } from '../recorder.ts'
import type { Sockets } from '../socket.ts'
import { errorFields } from '../telemetry.ts'
import type { Log } from '../telemetry.ts'

/** Engines that stand in where a backend cannot hear. */
export type Ears = Pick<SessionPorts, 'transcriber' | 'speechDetector'>

/** What a session is made from. */
export interface RealtimeOptions extends BackendChoices {
  readonly sockets: Sockets
  readonly store: ContextStore
  readonly live: LiveConversations
  readonly ears: Ears
  readonly recorder: Recorder
  readonly runSession: (ports: SessionPorts) => Promise<SessionSummary>
  readonly limits: Limits
  /** What Voice Live clients may ask for by query. */
  readonly voiceLiveModes: VoiceLiveModes
  /** Sessions at once, `undefined` for any number. */
  readonly maxSessions: number | undefined
  readonly draining: AbortSignal
  readonly log: Log
  readonly metrics: Metrics
  readonly now: () => number
  readonly newId: (prefix: string) => string
}

/** The dialects clients are served in. */
const dialects: Readonly<Record<ServedDialect, Dialect>> = {
  'openai-ga': openaiGa,
  'openai-beta': openaiBeta,
  'voice-live': voiceLive,
}

/**
 * `GET /v1/realtime?model=&backend=&conversation=&dialect=&intent=&record=` by WebSocket. What is wrong with the request
 * is told before the upgrade.
 */
export function realtimeRoutes(options: RealtimeOptions): Hono<RouteEnvironment> {
  const { sockets, live, maxSessions, draining, newId } = options
  const routes = new Hono<RouteEnvironment>()
  routes.all('/calls', () => errorResponse(unsupported('WebRTC is not served here.', 'url'), { status: 501 }))
  return routes.get('/', async (c) => {
    const query = new URL(c.req.url).searchParams
    if (query.has('call_id')) throw unsupported('Sessions by call_id are not served here.', 'call_id')
    const dialect = dialects[chooseDialect(c.req.raw)]
    const principal = c.get('principal')
    const secret = principal.kind === 'secret' ? principal.secret : undefined
    const intent = parseIntent(query.get('intent')) ?? secret?.intent ?? 'conversation'
    const asked = backendRequest(query, dialect === voiceLive ? options.voiceLiveModes : undefined)
    const choice = chooseBackend(
      { ...asked, model: asked.model ?? secret?.model, dialect: dialect.name },
      options,
    )
    const conversation = query.get('conversation')
    const conversationId =
      conversation === null ? newId('conv') : parseConversationId(conversation, 'conversation')
    if (draining.aborted) throw new RealtimeError('backend_unavailable', 'The gateway is shutting down.')
    if (maxSessions !== undefined && live.count >= maxSessions && !live.has(conversationId)) {
      throw new RealtimeError(
        'rate_limit_exceeded',
        `All ${maxSessions} sessions are in use. Try again later.`,
      )
    }
    const record = await options.recorder.choose(query.get('record'), principal)
    const credentials = credentialsOf(c.req.raw.headers, query)
    const firstEvent = secret?.firstEvent
    return sockets.accept(
      c,
      (socket) =>
        void serve(socket, {
          ...options,
          choice,
          conversationId,
          dialect,
          intent,
          firstEvent,
          record,
          credentials,
        }),
    )
  })
}

function parseIntent(text: string | null): SessionPorts['intent'] {
  if (text === null) return undefined
  if (text === 'conversation' || text === 'transcription') return text
  throw new RealtimeError('invalid_value', 'The intent is conversation or transcription.', {
    param: 'intent',
  })
}

interface Call extends RealtimeOptions {
  readonly choice: BackendChoice
  readonly conversationId: string
  readonly dialect: Dialect
  readonly intent: SessionPorts['intent']
  readonly firstEvent: ClientEvent | undefined
  /** What is kept of it, `undefined` for nothing. */
  readonly record: RecordKind | undefined
  readonly credentials: readonly string[]
}

/**
 * How long a Voice Live client is told nothing after the upgrade (ms). Its SDK calls handlers at once and refuses to
 * send from them until it has seen for itself that it is connected, a moment after the socket is.
 */
const voiceLiveSettleMs = 50

/** One session from its first to its last moment; never rejects. */
async function serve(socket: WebSocket, call: Call): Promise<void> {
  const { conversationId, choice, dialect, intent, live, log, limits, store, now, newId } = call
  const labels = { backend: choice.provider.name, dialect: dialect.name }
  const counted = createSessionMetrics(call.metrics, labels, now)
  const channel: ClientChannel = counted.client(
    webSocketChannel(socket, dialect.acceptor(), {
      maxBufferedBytes: limits.maxBufferedBytes,
      closeTimeoutMs: limits.closeTimeoutMs,
      onInvalid: (error) => channel.send(toErrorEvent(error, newId('event'))),
    }),
  )
  const fields = { conversation: conversationId, ...labels }
  if (dialect === voiceLive) await delay(voiceLiveSettleMs)
  let recorded: Recorded | undefined
  try {
    const summary = await live.takeOver({
      id: conversationId,
      reason: new RealtimeError(
        'conversation_in_use',
        'Another connection has taken this conversation over.',
        {
          param: 'conversation',
        },
      ),
      task: (signal) => {
        log.info(fields, 'session started')
        const client = call.firstEvent === undefined ? channel : beginningWith(call.firstEvent, channel)
        const ends = { client, provider: counted.provider(choice.provider) }
        recorded = call.record && recordEnds(call.record, call, ends)
        return counted.run(() =>
          call.runSession({
            ...call.ears,
            ...(recorded ?? ends),
            model: choice.model,
            intent,
            store,
            conversationId,
            now,
            newId,
            signal,
          }),
        )
      },
    })
    const { turns, durationMs, close } = summary
    // A client's own reason is its own words.
    const error = close.reason in errorTable ? close.reason : undefined
    log.info({ ...fields, turns, durationMs, code: close.code, error }, 'session ended')
  } catch (thrown) {
    const error = toRealtimeError(thrown)
    if (!counted.hasRun) call.metrics.sessionsRefused.inc({ code: codeLabel(error.code) })
    log.warn({ ...fields, ...errorFields(thrown) }, 'session failed')
    channel.send(toErrorEvent(error, newId('event')))
    await channel.close({ code: error.closeCode, reason: error.code })
  } finally {
    await recorded?.end()
  }
}

function recordEnds(kind: RecordKind, call: Call, ends: Pick<SessionPorts, 'client' | 'provider'>): Recorded {
  const { recorder, choice, dialect, credentials } = call
  return recorder.begin(kind, { ...ends, model: choice.model, dialect: dialect.name, credentials })
}

function unsupported(message: string, param: string): RealtimeError {
  return new RealtimeError('unsupported', message, { param })
}

/** The same channel with one event ahead of what the client sends. */
function beginningWith(event: ClientEvent, channel: ClientChannel): ClientChannel {
  return {
    send: (sent) => channel.send(sent),
    get bufferedBytes() {
      return channel.bufferedBytes
    },
    close: (close) => channel.close(close),
    [Symbol.asyncDispose]: () => channel[Symbol.asyncDispose](),
    async *[Symbol.asyncIterator]() {
      yield event
      yield* channel
    },
  }
}
