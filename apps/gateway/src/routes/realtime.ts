import { openaiBeta, openaiGa, RealtimeError, toErrorEvent, voiceLive, webSocketChannel } from '@parley/core'
import type { Dialect } from '@parley/core'
import type { ClientChannel } from '@parley/core/session'
import { Hono } from 'hono'
import type { Context } from 'hono'
import type { WebSocket } from 'ws'
import { credentialsOf } from '../auth.ts'
import { chooseDialect } from '../dialect-choice.ts'
import type { ServedDialect } from '../dialect-choice.ts'
import { errorResponse } from '../error-response.ts'
import type { Limits } from '../limits.ts'
import { parseRealtimeRequest, parseResume, settleQuery } from '../realtime-request.ts'
import type { RealtimeRequestOptions } from '../realtime-request.ts'
import type { RouteEnvironment } from '../route-environment.ts'
import { serveCall } from '../serve-call.ts'
import type { Call, ServeOptions } from '../serve-call.ts'
import type { HostedSessions } from '../sessions/hosted-sessions.ts'
import { createResumeToken } from '../sessions/resume-token.ts'
import { createResumableSession, unknownToken } from '../sessions/resumable-session.ts'
import type { Sockets } from '../socket.ts'

/** What the route needs. */
export interface RealtimeOptions extends ServeOptions, RealtimeRequestOptions {
  readonly sockets: Sockets
  readonly hosted: HostedSessions
  /** How long a session waits for a client that was lost (ms). */
  readonly resumeGraceMs: number
  readonly limits: Limits
  /** Sessions at once, `undefined` for any number. */
  readonly maxSessions: number | undefined
  readonly draining: AbortSignal
}

/** The dialects clients are served in. */
const dialects: Readonly<Record<ServedDialect, Dialect>> = {
  'openai-ga': openaiGa,
  'openai-beta': openaiBeta,
  'voice-live': voiceLive,
}

/**
 * `GET /v1/realtime?model=&backend=&conversation=&dialect=&intent=&record=&keep_audio=&resume=&after=` by WebSocket. What is wrong
 * with the request is told before the upgrade.
 */
export function realtimeRoutes(options: RealtimeOptions): Hono<RouteEnvironment> {
  const routes = new Hono<RouteEnvironment>()
  routes.all('/calls', () => errorResponse(unsupported('WebRTC is not served here.', 'url'), { status: 501 }))
  return routes.get('/', async (c) => {
    const query = new URL(c.req.url).searchParams
    if (query.has('call_id')) throw unsupported('Sessions by call_id are not served here.', 'call_id')
    const resume = parseResume(query)
    return resume.kind === 'back' ? comeBack(c, resume, options) : await begin(c, resume.kind, options)
  })
}

/** A new session. */
async function begin(
  c: Context<RouteEnvironment>,
  kind: 'plain' | 'new',
  options: RealtimeOptions,
): Promise<Response> {
  const url = new URL(c.req.url)
  const dialect = dialects[chooseDialect(c.req.raw)]
  const principal = c.get('principal')
  const secret = principal.kind === 'secret' ? principal.secret : undefined
  const query = settleQuery(url.searchParams, secret)
  const request = parseRealtimeRequest(query, dialect.name, options)
  refuseWhenFull(request.conversationId, options)
  const record = await options.recorder.choose(url.searchParams.get('record'), principal)
  const credentials = credentialsOf(c.req.raw.headers, url.searchParams)
  const call = { ...request, dialect, record, credentials, firstEvent: secret?.firstEvent }
  return options.sockets.accept(c, (socket) =>
    kind === 'new'
      ? beginResumable(socket, { ...call, principal: principal.fingerprint }, options)
      : void serveCall({ ...call, client: plainChannel(socket, dialect, options) }, options),
  )
}

function refuseWhenFull(conversationId: string, { draining, live, maxSessions }: RealtimeOptions): void {
  if (draining.aborted) throw new RealtimeError('backend_unavailable', 'The gateway is shutting down.')
  if (maxSessions !== undefined && live.count >= maxSessions && !live.has(conversationId)) {
    throw new RealtimeError('rate_limit_exceeded', `All ${maxSessions} sessions are in use. Try again later.`)
  }
}

/** A client that ends with its socket. */
function plainChannel(
  socket: WebSocket,
  dialect: Dialect,
  { limits, newId }: RealtimeOptions,
): ClientChannel {
  const channel: ClientChannel = webSocketChannel(socket, dialect.acceptor(), {
    maxBufferedBytes: limits.maxBufferedBytes,
    closeTimeoutMs: limits.closeTimeoutMs,
    onInvalid: (error) => channel.send(toErrorEvent(error, newId('event'))),
  })
  return channel
}

function beginResumable(
  socket: WebSocket,
  call: Omit<Call, 'client'> & { readonly principal: string },
  options: RealtimeOptions,
): void {
  const { hosted, limits, newId, resumeGraceMs, leaving } = options
  const { token, id } = createResumeToken()
  const session = createResumableSession({
    id,
    principal: call.principal,
    conversationId: call.conversationId,
    dialect: call.dialect,
    graceMs: resumeGraceMs,
    limits,
    keeper: () => ({}),
    eventsAhead: call.firstEvent === undefined ? 0 : 1,
    isLeaving: () => leaving.aborted,
    reconnectAfterMs: 1000,
    newId,
  })
  session.attach(socket, { token, after: undefined })
  const { client, onProgress, awayForMs } = session
  void hosted.host(session, () => serveCall({ ...call, client, onProgress, awayForMs }, options))
}

/** A client that was here before. */
function comeBack(
  c: Context<RouteEnvironment>,
  { token, id, after }: { readonly token: string; readonly id: string; readonly after: number },
  { hosted, sockets }: RealtimeOptions,
): Response | Promise<Response> {
  const session = hosted.find(id)
  // Who else has the token is told the same as who has none.
  if (session === undefined || session.principal !== c.get('principal').fingerprint) throw unknownToken()
  if (chooseDialect(c.req.raw) !== session.dialect.name) {
    throw new RealtimeError('invalid_value', `The session speaks ${session.dialect.name}.`, {
      param: 'dialect',
    })
  }
  if (!session.channel.canResume(after)) throw lost(after, session.channel.sent)
  return sockets.accept(c, (socket) => session.attach(socket, { token, after }))
}

/** The client's number is not one it can go on from. */
function lost(after: number, sent: number): RealtimeError {
  if (after > sent) {
    throw new RealtimeError('invalid_value', `after is at most ${sent}, the number of the last event.`, {
      param: 'after',
    })
  }
  return new RealtimeError(
    'buffer_overflow',
    'The events you lack are kept no more. Go on by connecting with ?conversation=<id>.',
    { param: 'after' },
  )
}

function unsupported(message: string, param: string): RealtimeError {
  return new RealtimeError('unsupported', message, { param })
}
