import { openaiGa, RealtimeError, toErrorEvent, toRealtimeError, webSocketChannel } from '@parley/core'
import type { ClientEvent } from '@parley/core'
import type { ClientChannel, SessionPorts, SessionSummary } from '@parley/core/session'
import type { ContextStore } from '@parley/core/storage'
import { Hono } from 'hono'
import type { WebSocket } from 'ws'
import { chooseBackend } from '../backend-choice.ts'
import type { BackendChoice, BackendChoices } from '../backend-choice.ts'
import { parseConversationId } from '../conversation-id.ts'
import type { RouteEnvironment } from '../route-environment.ts'
import { errorResponse } from '../error-response.ts'
import type { Limits } from '../limits.ts'
import type { LiveConversations } from '../live-conversations.ts'
import type { Sockets } from '../socket.ts'
import { errorFields } from '../telemetry.ts'
import type { Log } from '../telemetry.ts'

/** What a session is made from. */
export interface RealtimeOptions extends BackendChoices {
  readonly sockets: Sockets
  readonly store: ContextStore
  readonly live: LiveConversations
  readonly runSession: (ports: SessionPorts) => Promise<SessionSummary>
  readonly limits: Limits
  /** Sessions at once, `undefined` for any number. */
  readonly maxSessions: number | undefined
  readonly draining: AbortSignal
  readonly log: Log
  readonly now: () => number
  readonly newId: (prefix: string) => string
}

/** `GET /v1/realtime?model=&conversation=` by WebSocket. What is wrong with the request is told before the upgrade. */
export function realtimeRoutes(options: RealtimeOptions): Hono<RouteEnvironment> {
  const { sockets, live, maxSessions, draining, newId } = options
  const routes = new Hono<RouteEnvironment>()
  routes.post('/calls', () =>
    errorResponse(unsupported('WebRTC is not served here.', 'url'), { status: 501 }),
  )
  return routes.get('/', (c) => {
    for (const param of ['intent', 'call_id']) {
      if (c.req.query(param) !== undefined)
        throw unsupported(`Sessions by ${param} are not served here.`, param)
    }
    const principal = c.get('principal')
    const secret = principal.kind === 'secret' ? principal.secret : undefined
    const choice = chooseBackend(c.req.query('model') ?? secret?.model, options)
    const asked = c.req.query('conversation')
    const conversationId = asked === undefined ? newId('conv') : parseConversationId(asked, 'conversation')
    if (draining.aborted) throw new RealtimeError('backend_unavailable', 'The gateway is shutting down.')
    if (maxSessions !== undefined && live.count >= maxSessions && !live.has(conversationId)) {
      throw new RealtimeError(
        'rate_limit_exceeded',
        `All ${maxSessions} sessions are in use. Try again later.`,
      )
    }
    const firstEvent = secret?.firstEvent
    return sockets.accept(
      c,
      (socket) => void serve(socket, { ...options, choice, conversationId, firstEvent }),
    )
  })
}

interface Call extends RealtimeOptions {
  readonly choice: BackendChoice
  readonly conversationId: string
  readonly firstEvent: ClientEvent | undefined
}

/** One session from its first to its last moment; never rejects. */
async function serve(socket: WebSocket, call: Call): Promise<void> {
  const { conversationId, choice, live, log, limits, store, now, newId } = call
  const channel: ClientChannel = webSocketChannel(socket, openaiGa.acceptor(), {
    maxBufferedBytes: limits.maxBufferedBytes,
    closeTimeoutMs: limits.closeTimeoutMs,
    onInvalid: (error) => channel.send(toErrorEvent(error, newId('event'))),
  })
  const fields = { conversation: conversationId, backend: choice.provider.name }
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
        const { provider, model } = choice
        return call.runSession({ client, provider, model, store, conversationId, now, newId, signal })
      },
    })
    const { turns, durationMs, close } = summary
    log.info({ ...fields, turns, durationMs, code: close.code }, 'session ended')
  } catch (thrown) {
    const error = toRealtimeError(thrown)
    log.warn({ ...fields, ...errorFields(thrown) }, 'session failed')
    channel.send(toErrorEvent(error, newId('event')))
    await channel.close({ code: error.closeCode, reason: error.code })
  }
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
