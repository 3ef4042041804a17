import { RealtimeError, toRealtimeError } from '@parley/core'
import type { Provider } from '@parley/core'
import type { ModelStore, TextToSpeechRouter } from '@parley/core/providers/cascade'
import type { SessionPorts, SessionSummary } from '@parley/core/session'
import type { ContextStore } from '@parley/core/storage'
import { setTimeout as delay } from 'node:timers/promises'
import { Hono } from 'hono'
import type { MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { cors } from 'hono/cors'
import { routePath } from 'hono/route'
import { createAuthenticator, credentialsOf, returningHolder } from './auth.ts'
import type { VoiceLiveModes } from './backend-choice.ts'
import type { Config } from './config.ts'
import { routedPath } from './dialect-choice.ts'
import type { RouteEnvironment } from './route-environment.ts'
import { errorResponse } from './error-response.ts'
import type { Limits } from './limits.ts'
import { createLiveConversations } from './live-conversations.ts'
import type { LiveConversations } from './live-conversations.ts'
import { checkSource } from './origins.ts'
import type { Memory } from './memory/memory.ts'
import type { Metrics } from './metrics.ts'
import { cassetteRoutes } from './routes/cassettes.ts'
import { backendRoutes } from './routes/backends.ts'
import { betaSessionRoutes, clientSecretRoutes } from './routes/client-secrets.ts'
import { contextRoutes } from './routes/context.ts'
import { conversationRoutes } from './routes/conversations.ts'
import { downloadRoutes } from './routes/downloads.ts'
import { healthRoutes } from './routes/health.ts'
import type { ReadinessCheck } from './routes/health.ts'
import { metricsRoutes } from './routes/metrics.ts'
import { modelRoutes } from './routes/models.ts'
import { peopleRoutes } from './routes/people.ts'
import { endHere, internalRoutes } from './routes/internal.ts'
import { dialects, realtimeRoutes } from './routes/realtime.ts'
import { speechRoutes } from './routes/speech.ts'
import { voiceRoutes } from './routes/voices.ts'
import type { RateLimits } from './rate-limit.ts'
import type { Recorder } from './recorder.ts'
import type { ClientSecrets } from './secrets.ts'
import { clusterConversations } from './sessions/cluster-conversations.ts'
import { clusterPath } from './sessions/cluster.ts'
import type { Cluster } from './sessions/cluster.ts'
import type { LiveSessions } from './sessions/live-sessions.ts'
import { sessionOfToken } from './sessions/resume-token.ts'
import { createSwitchboard } from './sessions/switchboard.ts'
import type { Ears } from './serve-call.ts'
import { codeLabel } from './session-metrics.ts'
import type { Sockets } from './socket.ts'
import { errorFields } from './telemetry.ts'
import type { Log } from './telemetry.ts'

/** Everything the gateway is made from. */
export interface Dependencies {
  readonly config: Pick<
    Config,
    | 'keys'
    | 'allowedOrigins'
    | 'defaultBackend'
    | 'defaultFailover'
    | 'maxSessions'
    | 'resumeGraceMs'
    | 'drainTimeoutMs'
  >
  readonly backends: ReadonlyMap<string, Provider>
  /** Serves requests that name no backend; one of `backends`. */
  readonly defaultBackend: string
  readonly store: ContextStore
  /** The profile and the agent of the Voice Live backends. */
  readonly voiceLiveModes: VoiceLiveModes
  /** Sound is kept of sessions that ask for neither. */
  readonly keepAudio: boolean
  /** Models that can be downloaded, `undefined` when no backend has any. */
  readonly models: ModelStore | undefined
  /** Voices of this machine for `/v1/audio/speech`, `undefined` where it has none. */
  readonly tts: TextToSpeechRouter | undefined
  /** Writes down and hears speech for backends that do not. */
  readonly ears: Ears
  /** What sessions remember with. */
  readonly memory: Memory
  /** Records sessions, and keeps the cassettes. */
  readonly recorder: Recorder
  readonly runSession: (ports: SessionPorts) => Promise<SessionSummary>
  readonly sockets: Sockets
  readonly limits: Limits
  /** Who works on what, over all gateways of the service. */
  readonly sessions: LiveSessions
  /** The way to the other gateways, `undefined` for one that runs alone. */
  readonly cluster: Cluster | undefined
  readonly secrets: ClientSecrets
  readonly rateLimits: RateLimits
  /** Parts `/readyz` asks beside the store. */
  readonly checks: ReadonlyMap<string, ReadinessCheck>
  readonly log: Log
  readonly metrics: Metrics
  /** Unix ms. */
  readonly now: () => number
  /** A new unique id that begins with `<prefix>_`. */
  readonly newId: (prefix: string) => string
}

/** The routes, and the way to end what they have begun. */
export interface Gateway {
  readonly app: Hono<RouteEnvironment>
  /** Lets every session leave at the end of a turn, refuses new ones; resolves when all work is settled. */
  drain(): Promise<void>
}

/** Part of the time to drain in which sessions may finish their turns; the rest is for ending what has not. */
const leavingPart = 0.8

/** The gateway over its dependencies; it does nothing until it is asked. */
export function createApp(dependencies: Dependencies): Gateway {
  const { config, limits, sessions, cluster, log } = dependencies
  const { settleTimeoutMs } = limits
  const here = createLiveConversations(settleTimeoutMs)
  const live =
    cluster === undefined
      ? here
      : clusterConversations({ live: here, sessions, cluster, settleTimeoutMs, log })
  sessions.onLost((id) => void endHere(here, id).catch(() => undefined))
  const draining = new AbortController()
  return {
    app: buildRoutes(dependencies, { here, live, draining: draining.signal }),
    async drain() {
      const reason = new RealtimeError(
        'session_expired',
        'The gateway is shutting down. Connect again to continue.',
      )
      draining.abort()
      live.refuse(reason)
      const late = new AbortController()
      const time = delay(config.drainTimeoutMs * leavingPart, undefined, late).catch(() => undefined)
      await Promise.race([live.settled(), time])
      late.abort()
      await live.endAll(reason)
      await dependencies.recorder.settled()
    },
  }
}

function buildRoutes(
  dependencies: Dependencies,
  work: {
    /** Of this process. */
    readonly here: LiveConversations
    /** Over all gateways of the service. */
    readonly live: LiveConversations
    readonly draining: AbortSignal
  },
): Hono<RouteEnvironment> {
  const { config, backends, defaultBackend, store, limits, log, metrics, now, cluster, sockets } =
    dependencies
  const { here, live, draining } = work
  const { secrets, rateLimits } = dependencies
  const checks = new Map([
    ...dependencies.checks,
    ['sessions', async () => dependencies.sessions.fault()] as const,
  ])
  const keepsPeople = dependencies.memory.people !== undefined
  const authenticate = createAuthenticator(config.keys, secrets)
  const sourceRules = { allowedOrigins: config.allowedOrigins, loopbackHostsOnly: config.keys.length === 0 }
  const choices = {
    backends,
    defaultBackend,
    defaultFailover: config.defaultFailover,
    // A replay serves nobody who did not ask for it.
    unknownMeansDefault:
      [...backends.keys()].filter((name) => name !== 'replay').length === 1 ||
      config.defaultBackend !== undefined,
  }

  const switchboard = createSwitchboard({
    ...dependencies,
    ...choices,
    live,
    dialects,
    leaving: draining,
    resumeGraceMs: config.resumeGraceMs,
  })

  const app = new Hono<RouteEnvironment>({ getPath: routedPath })
  app.onError((error, c) => {
    const isUpgrade = c.req.header('upgrade') !== undefined
    if (isUpgrade) metrics.sessionsRefused.inc({ code: codeLabel(toRealtimeError(error).code) })
    if (!(error instanceof RealtimeError)) log.error(errorFields(error), 'request failed')
    // Clients hide the body of a refused upgrade: this line is where a person finds the reason.
    else if (isUpgrade) {
      log.warn({ code: error.code, param: error.param, route: routePath(c, -1) }, 'session refused')
    }
    return errorResponse(error)
  })
  app.notFound(() =>
    errorResponse(new RealtimeError('not_found', 'There is no such address.', { param: 'url' })),
  )
  app.use(async (c, next) => {
    const startedAt = performance.now()
    await next()
    const ms = Math.round(performance.now() - startedAt)
    log.debug({ method: c.req.method, route: routePath(c, -1), status: c.res.status, ms }, 'request answered')
  })
  app.use(async (c, next) => {
    checkSource(c.req.raw.headers, sourceRules)
    await next()
  })
  app.use(
    cors({
      // Whoever is not allowed has been refused before.
      origin: (origin) => origin,
      allowMethods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
      exposeHeaders: ['content-disposition'],
      maxAge: 600,
    }),
  )
  const bodies = limitBodies(limits.maxBodyBytes)
  const uploads = limitBodies(limits.maxUploadBytes)
  app.use((c, next) => (uploadPaths.has(c.req.path) ? uploads(c, next) : bodies(c, next)))
  app.on('ALL', ['/v1/*', '/metrics'], async (c, next) => {
    const query = new URL(c.req.url).searchParams
    const credentials = credentialsOf(c.req.raw.headers, query)
    const principal = await authenticate(credentials).catch((error: unknown) => {
      const isBack = c.req.path === realtimePath && sessionOfToken(query.get('resume') ?? '') !== undefined
      const returning = isBack ? returningHolder(credentials) : undefined
      if (returning === undefined) throw error
      return returning
    })
    if (principal.kind === 'secret' && c.req.path !== realtimePath) {
      throw new RealtimeError('invalid_api_key', 'A client secret opens realtime sessions and nothing else.')
    }
    c.set('principal', principal)
    await next()
  })

  if (cluster !== undefined) {
    app.route(clusterPath, internalRoutes({ cluster, switchboard, live: here, sockets }))
  }

  return app
    .route('/', healthRoutes({ store, checks, draining, timeoutMs: limits.readinessTimeoutMs }))
    .route(
      realtimePath,
      realtimeRoutes({
        ...dependencies,
        ...choices,
        live,
        draining,
        leaving: draining,
        switchboard,
        maxSessions: config.maxSessions,
        // A gateway that runs alone counts by itself.
        reserve: cluster === undefined ? undefined : (id, most) => dependencies.sessions.reserve(id, most),
      }),
    )
    .route(
      `${realtimePath}/client_secrets`,
      clientSecretRoutes({ secrets, keepsPeople, newId: dependencies.newId }),
    )
    .route(`${realtimePath}/sessions`, betaSessionRoutes({ secrets, newId: dependencies.newId }))
    .route('/metrics', metricsRoutes(metrics))
    .route('/v1/models', modelRoutes(backends, now()))
    .route('/v1/backends', backendRoutes({ backends, defaultBackend, keepsPeople }))
    .route('/v1/voices', voiceRoutes({ backends, defaultBackend, draining, log, rateLimits, now }))
    .route(
      '/v1/audio/speech',
      speechRoutes({ tts: dependencies.tts, models: dependencies.models, draining, rateLimits }),
    )
    .route('/v1/conversations', contextRoutes({ ...dependencies, ...choices, live }))
    .route(
      '/v1/people',
      peopleRoutes({
        facts: store.facts,
        isOn: keepsPeople,
        news: dependencies.memory.news,
        newId: dependencies.newId,
      }),
    )
    .route(
      '/v1/conversations',
      conversationRoutes({
        store,
        live,
        news: dependencies.memory.news,
        newId: dependencies.newId,
        titleOf: (name) => backends.get(name)?.capabilities.title ?? name,
      }),
    )
    .route(cassettesPath, cassetteRoutes(dependencies.recorder))
    .route('/v1/downloads', downloadRoutes({ models: dependencies.models, draining, log }))
}

const realtimePath = '/v1/realtime'
const cassettesPath = '/v1/cassettes'

/** Where whole recordings and conversations are handed in. */
const uploadPaths: ReadonlySet<string> = new Set([cassettesPath, '/v1/conversations/import'])

function limitBodies(maxSize: number): MiddlewareHandler<RouteEnvironment> {
  return bodyLimit({
    maxSize,
    onError: () => {
      const message = `A body has at most ${maxSize} bytes.`
      return errorResponse(new RealtimeError('invalid_value', message, { param: 'body' }), { status: 413 })
    },
  })
}
