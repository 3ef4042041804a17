import type { Dialect, NumberedFrame, ServerEvent } from '@parley/core'
import type { ResumedSession, SessionSnapshot } from '@parley/core/session'
import type { ContextEntry, ContextStore } from '@parley/core/storage'
import { answeredRequestIds, lastWords, storedItemIds } from './last-words.ts'
import type { LiveSessions, SessionRecord, SessionStanding } from './live-sessions.ts'
import type { Redone } from './resent-events.ts'

/** A session of another process, ready to go on here. */
export interface Adopted {
  readonly standing: SessionStanding
  /** What the client lacks; it counts on from `standing.sent`. */
  readonly lacking: readonly NumberedFrame[]
  /** Told after that. */
  readonly events: readonly ServerEvent[]
  readonly snapshot: ResumedSession
  readonly redone: Redone
}

/** What an adoption needs. */
export interface AdoptOptions {
  readonly record: SessionRecord
  readonly dialect: Dialect
  /** Number of the last event the client has. */
  readonly after: number
  /** Serves when the other process had not got as far as that. */
  readonly backend: Pick<SessionSnapshot, 'backend' | 'model'>
  readonly sessions: LiveSessions
  readonly store: ContextStore
  readonly newId: (prefix: string) => string
}

/** Completes the log of a session whose process is gone, and finds what its client has to be told. */
export async function adoptSession(options: AdoptOptions): Promise<Adopted> {
  const { record, dialect, after, backend, sessions, store, newId } = options
  const { id, conversationId, standing } = record
  const frames = await sessions.frames(id)
  const stored = await store.load(conversationId)
  const words = standing.isAtRest
    ? { entries: [], events: [], hasCutAnswer: false, cutRequestIds: [], unfinishedItemId: undefined }
    : lastWords({
        told: decodeAll(frames, dialect),
        stored,
        openedAt: record.openedAt,
        isComplete: record.gapAt === 0,
        newId,
      })
  if (words.entries.length > 0) await store.append(conversationId, words.entries, stored?.revision ?? 0)
  const lacking = frames.filter(({ number }) => number > after)
  // Sound is not kept: what is left counts up to where the client would be with it.
  const sent = Math.max(standing.sent, after) - lacking.length
  return {
    standing: { ...standing, sent },
    lacking,
    events: words.events,
    snapshot: {
      session: undefined,
      ...backend,
      ...withoutAbsent(standing.snapshot),
      unfinishedItemId: words.unfinishedItemId,
    },
    redone: {
      count: standing.taken - standing.received,
      itemIds: storedItemIds(stored).difference(deletedIn(words.entries)),
      requestIds: answeredRequestIds(stored).union(new Set(words.cutRequestIds)),
      hasCutAnswer: words.hasCutAnswer,
    },
  }
}

/** They come again, and have to be taken again. */
function deletedIn(entries: readonly ContextEntry[]): ReadonlySet<string> {
  return new Set(entries.flatMap((entry) => (entry.type === 'deleted' ? [entry.itemId] : [])))
}

function decodeAll(frames: readonly NumberedFrame[], dialect: Dialect): readonly ServerEvent[] {
  const decoder = dialect.connector()
  return frames.flatMap(({ frame }) => decoder.decode(frame))
}

function withoutAbsent(snapshot: SessionStanding['snapshot']): Partial<SessionSnapshot> {
  // The settings were those of a session.update: its schema has read them before.
  return (snapshot ?? {}) as Partial<SessionSnapshot>
}
