import { RealtimeError, toRealtimeError } from '@parley/core'
import type { Dialect } from '@parley/core'
import type { WebSocket } from 'ws'
import type { ServedDialect } from '../dialect-choice.ts'
import type { Limits } from '../limits.ts'
import { parseRealtimeRequest } from '../realtime-request.ts'
import type { RealtimeRequest, RealtimeRequestOptions } from '../realtime-request.ts'
import { serveCall } from '../serve-call.ts'
import type { Call, ServeOptions } from '../serve-call.ts'
import { countInvalid } from '../session-metrics.ts'
import { errorFields } from '../telemetry.ts'
import { adoptSession } from './adopt-session.ts'
import type { Adopted } from './adopt-session.ts'
import type { Cluster } from './cluster.ts'
import type { LiveSessions, NewSessionRecord, Replica, SessionRecord } from './live-sessions.ts'
import { relay } from './relay.ts'
import { withoutRedone } from './resent-events.ts'
import { createResumeToken } from './resume-token.ts'
import { createResumableSession, unknownToken } from './resumable-session.ts'
import type { ResumableSession, ResumableSessionOptions } from './resumable-session.ts'
import { lastMomentKeeper, writeAheadKeeper } from './session-keepers.ts'

/** What sessions are made from and found with. */
export interface SwitchboardOptions extends ServeOptions, RealtimeRequestOptions {
  readonly sessions: LiveSessions
  /** `undefined` for a gateway that runs alone. */
  readonly cluster: Cluster | undefined
  readonly dialects: Readonly<Record<ServedDialect, Dialect>>
  readonly limits: Limits
  /** How long a session waits for a client that was lost (ms). */
  readonly resumeGraceMs: number
}

/** A client that comes back. */
export interface Returning {
  readonly token: string
  /** Digest of the token. */
  readonly id: string
  /** Number of the last event it has. */
  readonly after: number
  readonly principal: string
  readonly dialect: ServedDialect
}

/** Takes a socket that has been accepted. */
type TakeSocket = (socket: WebSocket) => void

/** Brings sockets and sessions together, wherever the sessions are. */
export interface Switchboard {
  /** A new session its client can come back to. `query` is what another process would read. */
  begin(call: Omit<Call, 'client'>, query: URLSearchParams, principal: string): TakeSocket
  /** Whether there is such a session; throws what the client is told otherwise. Changes nothing. */
  check(returning: Returning): Promise<void>
  /** Whether the session is in this process; throws what the client is told where it cannot go on with it. */
  isHere(returning: Returning): boolean
  /** Where the socket of a client goes that comes back; throws what the client is told before the upgrade. */
  find(returning: Returning): Promise<TakeSocket>
  /** The same for a client of another replica. */
  findHere(id: string, token: string, after: number): TakeSocket
}

/** No session yet. */
export function createSwitchboard(options: SwitchboardOptions): Switchboard {
  const { sessions, cluster, dialects, log, newId, leaving, metrics } = options
  const here = new Map<string, ResumableSession>()
  const away = new Set<string>()
  const adopting = new Map<string, Promise<ResumableSession>>()

  function host(
    record: NewSessionRecord,
    { choices, ...more }: Pick<ResumableSessionOptions, 'eventsAhead' | 'from'> & Pick<Call, 'choices'>,
  ): ResumableSession {
    const labels = { backend: choices[0].provider.name, dialect: record.dialect }
    const keep = cluster === undefined ? lastMomentKeeper : writeAheadKeeper
    const session = createResumableSession({
      ...more,
      id: record.id,
      principal: record.principal,
      conversationId: record.conversationId,
      dialect: dialects[record.dialect],
      graceMs: options.resumeGraceMs,
      limits: options.limits,
      keeper: (standing) => keep({ sessions, record, standing, isOpen: more.from !== undefined, log }),
      isLeaving: () => leaving.aborted,
      reconnectAfterMs: cluster === undefined ? aloneReconnectMs : 0,
      onReleaseFailed: (error) => log.warn(errorFields(error), 'session not handed over'),
      onInvalid: (error) => countInvalid(metrics, labels, error),
      onAway: (isAway) => noteAway(record.id, isAway),
      newId,
    })
    here.set(record.id, session)
    return session
  }

  function noteAway(id: string, isAway: boolean): void {
    if (isAway) away.add(id)
    else away.delete(id)
    metrics.sessionsDetached.set(away.size)
  }

  async function run(session: ResumableSession, call: Call): Promise<void> {
    const { id, onProgress, awayForMs } = session
    await serveCall({ ...call, session: id, onProgress, awayForMs }, options)
    here.delete(session.id)
    noteAway(session.id, false)
    if (session.hasLeft) return
    await sessions.drop(session.id).catch((error: unknown) => {
      log.debug(errorFields(error), 'session record not dropped')
    })
  }

  async function recordFor({ id, principal, dialect, after }: Returning): Promise<SessionRecord> {
    const record = await sessions.find(id)
    // Who else has the token is told the same as who has none.
    if (record === undefined || record.principal !== principal) throw unknownToken()
    if (record.dialect !== dialect) throw wrongDialect(record.dialect)
    if (after < record.gapAt) throw lost(after, record.standing.sent)
    return record
  }

  /** The record of a session that is not here, and the other replica that works on it, if one does. */
  async function locate(
    returning: Returning,
  ): Promise<{ readonly record: SessionRecord; readonly owner: Replica | undefined }> {
    const record = await recordFor(returning)
    const holder = await sessions.holder(record.conversationId)
    // The conversation has gone on in another session.
    if (holder !== undefined && holder.session !== record.id) throw unknownToken()
    return { record, owner: holder?.replica.id === sessions.replica.id ? undefined : holder?.replica }
  }

  async function findElsewhere(returning: Returning): Promise<Found> {
    const { record, owner } = await locate(returning)
    const dialled = owner && (await cluster?.dial(owner, returning))
    return dialled
      ? { how: 'relay', take: (socket) => relay(socket, dialled) }
      : { how: 'takeover', take: (socket) => void adopt(socket, record, returning) }
  }

  async function adopt(socket: WebSocket, record: SessionRecord, returning: Returning): Promise<void> {
    socket.pause()
    try {
      const first = adopting.get(record.id)
      const adoption = first ?? goOn(record, returning)
      adopting.set(record.id, adoption)
      const session = await adoption.finally(() => adopting.delete(record.id))
      // A second socket goes on with what the first one has begun.
      const after = first === undefined ? session.beginsAfter : returning.after
      session.attach(socket, { token: returning.token, after })
    } catch (thrown) {
      const error = toRealtimeError(thrown)
      log.warn(errorFields(thrown), 'session not taken over')
      socket.resume()
      socket.close(error.closeCode, error.code)
    }
  }

  async function goOn(record: SessionRecord, { after }: Returning): Promise<ResumableSession> {
    const dialect = dialects[record.dialect]
    const request = parseRealtimeRequest(new URLSearchParams(record.query), record.dialect, options)
    const [first] = request.choices
    const backend = { backend: first.provider.name, model: first.model }
    const adopted = await adoptSession({ ...options, record, dialect, after, backend })
    const { standing, snapshot, redone } = adopted
    const lacking = adopted.lacking.map(({ frame }) => frame)
    const { choices } = serving(request, adopted)
    const session = host(record, { choices, eventsAhead: 0, from: { standing, lacking } })
    for (const event of adopted.events) session.channel.send(event)
    const client = withoutRedone(session.client, redone)
    void run(session, {
      ...request,
      choices,
      conversationId: record.conversationId,
      dialect,
      client,
      firstEvent: undefined,
      record: undefined,
      credentials: [],
      resumed: snapshot,
    })
    return session
  }

  function findHere(id: string, token: string, after: number): TakeSocket {
    const session = here.get(id)
    if (session === undefined || session.hasLeft) throw leaving.aborted ? justLeft() : unknownToken()
    if (!session.channel.canResume(after)) throw lost(after, session.channel.sent)
    return (socket) => session.attach(socket, { token, after })
  }

  /** Whether the session is in this process; throws where it is and cannot be gone on with. */
  function isHere({ id, after, principal, dialect }: Returning): boolean {
    const session = here.get(id)
    if (session === undefined || session.hasLeft) return false
    if (session.principal !== principal) throw unknownToken()
    if (session.dialect.name !== dialect) throw wrongDialect(session.dialect.name)
    if (!session.channel.canResume(after)) throw lost(after, session.channel.sent)
    return true
  }

  async function find(returning: Returning): Promise<TakeSocket> {
    const { id, token, after } = returning
    try {
      const found: Found = isHere(returning)
        ? { how: 'here', take: findHere(id, token, after) }
        : await findElsewhere(returning)
      metrics.resumptions.inc({ how: found.how })
      return found.take
    } catch (error) {
      metrics.resumptions.inc({ how: howItFailed(error) })
      throw error
    }
  }

  return {
    begin: (call, query, principal) => (socket) => {
      const { token, id } = createResumeToken()
      const record: NewSessionRecord = {
        id,
        principal,
        conversationId: call.conversationId,
        // Only served dialects come here.
        dialect: call.dialect.name as ServedDialect,
        query: String(query),
        openedAt: Date.now(),
      }
      const session = host(record, {
        choices: call.choices,
        eventsAhead: call.firstEvent === undefined ? 0 : 1,
      })
      session.attach(socket, { token, after: undefined })
      void run(session, { ...call, client: session.client })
    },
    async check(returning) {
      if (isHere(returning)) return
      const { owner } = await locate(returning)
      if (owner) await cluster?.check(owner, returning)
    },
    isHere,
    find,
    findHere,
  }
}

/** Where a returning client's session is, and what takes its socket. */
interface Found {
  readonly how: 'here' | 'relay' | 'takeover'
  readonly take: TakeSocket
}

function howItFailed(error: unknown): 'unknown' | 'too_old' | 'failed' {
  const { code, param } = toRealtimeError(error)
  return code !== 'not_found' ? 'failed' : param === 'after' ? 'too_old' : 'unknown'
}

/** How long a gateway that runs alone needs to be there again (ms). */
const aloneReconnectMs = 1000

/** The backend the other process used comes first. */
function serving({ choices }: RealtimeRequest, { snapshot }: Adopted): Pick<RealtimeRequest, 'choices'> {
  const used = choices.findIndex(({ provider }) => provider.name === snapshot.backend)
  const [first, ...others] = [...choices.slice(Math.max(0, used)), ...choices.slice(0, Math.max(0, used))]
  if (first === undefined) return { choices }
  return { choices: [{ ...first, model: snapshot.model ?? first.model }, ...others] }
}

/** In a moment the session goes on elsewhere. */
function justLeft(): RealtimeError {
  return new RealtimeError('backend_unavailable', 'The session is leaving this gateway. Try again.')
}

function wrongDialect(dialect: string): RealtimeError {
  return new RealtimeError('invalid_value', `The session speaks ${dialect}.`, { param: 'dialect' })
}

/** The client's number is not one it can go on from. */
function lost(after: number, sent: number): RealtimeError {
  if (after > sent) {
    throw new RealtimeError('invalid_value', `after is at most ${sent}, the number of the last event.`, {
      param: 'after',
    })
  }
  return new RealtimeError(
    'not_found',
    'The events you lack are kept no more. Go on by connecting with ?conversation=<id>.',
    { param: 'after' },
  )
}
