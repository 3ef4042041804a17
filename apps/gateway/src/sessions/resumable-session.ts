import { errorTable, resumableChannel, RealtimeError, toErrorEvent, toExtension } from '@parley/core'
import type {
  ClientEvent,
  Close,
  Dialect,
  Frame,
  NumberedFrame,
  ResumableChannel,
  ServerEvent,
} from '@parley/core'
import type { ClientChannel, SessionProgressNote } from '@parley/core/session'
import type { WebSocket } from 'ws'
import type { Limits } from '../limits.ts'
import { acknowledgeByPongs } from './acknowledgements.ts'
import type { SessionStanding } from './live-sessions.ts'
import type { ResumeToken } from './resume-token.ts'

/** Keeps what another process needs. */
export interface SessionKeeper {
  /** A server frame is about to be written; it waits for the promise. */
  readonly hold?: (numbered: NumberedFrame, event: ServerEvent) => Promise<void> | undefined
  /** The session has come further; resolves when that is kept. */
  readonly note?: () => Promise<void>
  /** The session leaves this process before its time; resolves when others may go on with it. */
  readonly release?: (kept: readonly NumberedFrame[]) => Promise<void>
}

/** A live session whose client may come back. */
export interface ResumableSession {
  readonly id: string
  /** Fingerprint of the credential that opened it. */
  readonly principal: string
  readonly conversationId: string
  readonly dialect: Dialect
  readonly channel: ResumableChannel<ClientEvent, ServerEvent>
  /** Number of the last event another process has told its client, 0 for none. */
  readonly beginsAfter: number
  /** It goes on in another process, if anywhere. */
  readonly hasLeft: boolean
  /** The channel as the session gets it. */
  readonly client: ClientChannel
  /** Goes on over a socket; `token` is told, once for a new session. */
  attach(socket: WebSocket, options: { readonly token: string; readonly after: number | undefined }): void
  readonly onProgress: (note: SessionProgressNote) => void
  /** How long the client has been away (ms), 0 while it is there. */
  readonly awayForMs: () => number
}

/** Options of a resumable session. */
export interface ResumableSessionOptions extends Pick<
  ResumableSession,
  'principal' | 'conversationId' | 'dialect'
> {
  readonly id: ResumeToken['id']
  readonly graceMs: number
  readonly limits: Limits
  /** Makes the keeper of the session, which can ask where it stands at any time. */
  readonly keeper: (standing: () => SessionStanding) => SessionKeeper
  /** Events the session takes before the client's first one. */
  readonly eventsAhead: number
  /** Whether sessions leave this process now. */
  readonly isLeaving: () => boolean
  /** When a client may come back after the session has left (ms). */
  readonly reconnectAfterMs: number
  readonly onReleaseFailed: (error: unknown) => void
  /** The client is told that a frame of its is no event. */
  readonly onInvalid: (error: RealtimeError) => void
  /** Its client has gone, or is back. */
  readonly onAway: (isAway: boolean) => void
  readonly newId: (prefix: string) => string
  /** Where another process has stopped, with the frames its client lacks, which count on from there. */
  readonly from?: { readonly standing: SessionStanding; readonly lacking: readonly Frame[] }
}

/** Time between two notes of the same kind to a client that sends sound all the time (ms). */
const progressIntervalMs = 250

/** The close of a session that goes on elsewhere. */
const leavingClose: Close = { code: 1012, reason: 'restart' }

/** Ends of a session that are not its own: at the end of a turn, and when there was no time to wait for one. */
const closesOfLeaving = new Set([leavingClose.code, errorTable.session_expired.closeCode])

/** A session without a socket yet. */
export function createResumableSession(options: ResumableSessionOptions): ResumableSession {
  const { dialect, graceMs, limits, newId, from } = options
  const keeper = options.keeper(standing)
  const channel: ResumableChannel<ClientEvent, ServerEvent> = resumableChannel(dialect.acceptor(), {
    graceMs,
    maxBufferedBytes: limits.maxBufferedBytes,
    closeTimeoutMs: limits.closeTimeoutMs,
    onInvalid(error) {
      options.onInvalid(error)
      channel.send(toErrorEvent(error, newId('event')))
    },
    onAttached: (attached) => {
      leftAt = attached ? undefined : performance.now()
      options.onAway(!attached)
    },
    ...(keeper.hold && { hold: keeper.hold }),
    ...(from && { sent: from.standing.sent, received: from.standing.received, lacking: from.lacking }),
  })
  let leftAt: number | undefined
  let snapshot = from?.standing.snapshot
  let durable = from?.standing.received ?? 0
  let taken = durable
  let noted = 0
  let notes = 0
  let told = durable
  let telling = false
  let hasLeft = false
  let closing: Promise<void> | undefined

  function standing(): SessionStanding {
    return { sent: channel.sent, received: durable, taken, isAtRest: false, snapshot }
  }

  function framesOf(events: number): number {
    return channel.framesOf(Math.max(0, events - options.eventsAhead))
  }

  async function tellProgress(): Promise<void> {
    if (telling) return
    telling = true
    while (noted < notes || (told < durable && channel.attached)) {
      const reached = durable
      noted = notes
      // What the client forgets has to be safe first.
      await keeper.note?.()
      if (told < reached && channel.attached) {
        channel.tell(progressTo(reached))
        told = reached
      }
      await new Promise((resolve) => setTimeout(resolve, progressIntervalMs).unref())
    }
    telling = false
  }

  /** A browser is told of no pings: this shows it that somebody is there. */
  function showLife(): void {
    if (channel.attached) channel.tell(progressTo(told))
  }

  const life = setInterval(showLife, limits.pingIntervalMs)
  life.unref()

  function progressTo(received: number): ServerEvent {
    return own({ type: 'parley.session.progress', event_id: newId('event'), received })
  }

  async function close(asked?: Close): Promise<void> {
    clearInterval(life)
    const isOver = asked === undefined || !closesOfLeaving.has(asked.code)
    if (isOver || !options.isLeaving()) return await channel.close(asked)
    hasLeft = true
    await keeper.release?.(channel.kept()).catch(options.onReleaseFailed)
    channel.tell(
      own({
        type: 'parley.session.leaving',
        event_id: newId('event'),
        reconnect_after_ms: options.reconnectAfterMs,
      }),
    )
    await channel.close(leavingClose)
  }

  return {
    id: options.id,
    principal: options.principal,
    conversationId: options.conversationId,
    dialect,
    channel,
    beginsAfter: from?.standing.sent ?? 0,
    get hasLeft() {
      return hasLeft
    },
    awayForMs: () => (leftAt === undefined ? 0 : performance.now() - leftAt),
    client: {
      send: (event) => channel.send(event),
      get bufferedBytes() {
        return channel.bufferedBytes
      },
      close: (asked) => (closing ??= close(asked)),
      [Symbol.asyncIterator]: () => channel[Symbol.asyncIterator](),
      [Symbol.asyncDispose]() {
        return this.close()
      },
    },
    attach(socket, { token, after }) {
      acknowledgeByPongs(socket, channel)
      channel.attach(socket, after ?? 0, ({ next, received }) =>
        own(
          after === undefined
            ? { type: 'parley.session.resumable', event_id: newId('event'), token, grace_ms: graceMs }
            : { type: 'parley.session.resumed', event_id: newId('event'), token, next, received },
        ),
      )
      void tellProgress()
    },
    onProgress(note) {
      snapshot = note.snapshot
      durable = Math.max(durable, framesOf(note.durable))
      taken = Math.max(taken, framesOf(note.taken))
      channel.forgetFrames(Math.max(0, note.durable - options.eventsAhead))
      notes += 1
      void tellProgress()
    },
  }
}

function own(event: Parameters<typeof toExtension>[0]): ServerEvent {
  return toExtension(event)
}

/** What a token that leads nowhere is answered. */
export function unknownToken(): RealtimeError {
  return new RealtimeError(
    'not_found',
    'There is no such session any more. Go on by connecting with ?conversation=<id>.',
    { param: 'resume' },
  )
}
