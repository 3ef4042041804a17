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
import { checkQuery } from '../own-parameters.ts'
import { parseRealtimeRequest, parseResume, settleQuery } from '../realtime-request.ts'
import type { RealtimeRequestOptions } from '../realtime-request.ts'
import type { RouteEnvironment } from '../route-environment.ts'
import { serveCall } from '../serve-call.ts'
import type { Call, ServeOptions } from '../serve-call.ts'
import { countInvalid } from '../session-metrics.ts'
import type { Switchboard } from '../sessions/switchboard.ts'
import type { Sockets } from '../socket.ts'

/** What the route needs. */
export interface RealtimeOptions extends ServeOptions, RealtimeRequestOptions {
  readonly sockets: Sockets
  readonly switchboard: Switchboard
  readonly limits: Limits
  /** Sessions at once, `undefined` for any number. */
  readonly maxSessions: number | undefined
  /** Has a place for a conversation over all gateways, `undefined` for a gateway that runs alone. */
  readonly reserve: ((conversationId: string, most: number) => Promise<boolean>) | undefined
  readonly draining: AbortSignal
}

/** The dialects clients are served in. */
export const dialects: Readonly<Record<ServedDialect, Dialect>> = {
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
    checkQuery(query)
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
  await refuseWhenFull(request.conversationId, options)
  const record = await options.recorder.choose(url.searchParams.get('record'), principal)
  const credentials = credentialsOf(c.req.raw.headers, url.searchParams)
  const call = { ...request, dialect, record, credentials, firstEvent: secret?.firstEvent }
  const take =
    kind === 'new'
      ? options.switchboard.begin(call, query, principal.fingerprint)
      : (socket: WebSocket) =>
          void serveCall({ ...call, client: plainChannel(socket, call, options) }, options)
  return options.sockets.accept(c, take)
}

async function refuseWhenFull(conversationId: string, options: RealtimeOptions): Promise<void> {
  const { draining, live, maxSessions, reserve } = options
  if (draining.aborted) throw shuttingDown()
  if (maxSessions === undefined) return
  const hasPlaceHere = live.count < maxSessions || live.has(conversationId)
  // Without the others, each gateway keeps to the limit by itself.
  const hasPlace = (await reserve?.(conversationId, maxSessions).catch(() => undefined)) ?? hasPlaceHere
  if (hasPlace) return
  throw new RealtimeError('rate_limit_exceeded', `All ${maxSessions} sessions are in use. Try again later.`)
}

/** A client that ends with its socket. */
function plainChannel(
  socket: WebSocket,
  { dialect, choices }: Pick<Call, 'dialect' | 'choices'>,
  { limits, metrics, newId }: RealtimeOptions,
): ClientChannel {
  const labels = { backend: choices[0].provider.name, dialect: dialect.name }
  const channel: ClientChannel = webSocketChannel(socket, dialect.acceptor(), {
    maxBufferedBytes: limits.maxBufferedBytes,
    closeTimeoutMs: limits.closeTimeoutMs,
    onInvalid(error) {
      countInvalid(metrics, labels, error)
      channel.send(toErrorEvent(error, newId('event')))
    },
  })
  return channel
}

/** A client that was here before. */
async function comeBack(
  c: Context<RouteEnvironment>,
  resume: { readonly token: string; readonly id: string; readonly after: number },
  { switchboard, sockets, draining }: RealtimeOptions,
): Promise<Response> {
  const returning = {
    ...resume,
    principal: c.get('principal').fingerprint,
    dialect: chooseDialect(c.req.raw),
  }
  // Others go on elsewhere, now or in a moment.
  if (draining.aborted && !switchboard.isHere(returning)) throw shuttingDown()
  // Who asks without a socket only wants to know.
  if (c.req.header('upgrade') === undefined) {
    await switchboard.check(returning)
    return await sockets.accept(c, () => undefined)
  }
  return await sockets.accept(c, await switchboard.find(returning))
}

function shuttingDown(): RealtimeError {
  return new RealtimeError('backend_unavailable', 'The gateway is shutting down.')
}

function unsupported(message: string, param: string): RealtimeError {
  return new RealtimeError('unsupported', message, { param })
}
