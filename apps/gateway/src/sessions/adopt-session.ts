import { toRealtimeError } from '@parley/core'
import type { Dialect, NumberedFrame, ServerEvent } from '@parley/core'
import type { ResumedSession, SessionSnapshot } from '@parley/core/session'
import type { ContextEntry, ContextStore, StoredContext } from '@parley/core/storage'
import { answeredRequestIds, lastWords, storedItemIds } from './last-words.ts'
import type { LastWords } from './last-words.ts'
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
  const { record, dialect, after, backend, sessions } = options
  const { id, standing } = record
  const frames = await sessions.frames(id)
  const { stored, words } = await completeLog(options, decodeAll(frames, dialect))
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
      itemIds: storedItemIds(stored).union(itemsIn(words.entries)).difference(deletedIn(words.entries)),
      requestIds: answeredRequestIds(stored).union(new Set(words.cutRequestIds)),
      hasCutAnswer: words.hasCutAnswer,
    },
  }
}

/** Writes that were under way when a process died, and may arrive after the log was read. */
const lateWrites = 5

/**
 * Writes down what the process left out. One entry is written in any case: whatever that process still has under way to
 * the store is refused from then on, and the log that was read is all there is.
 */
async function completeLog(
  { record, backend, store, newId }: AdoptOptions,
  told: readonly ServerEvent[],
): Promise<{ readonly stored: StoredContext | undefined; readonly words: LastWords }> {
  const { conversationId, standing, openedAt, gapAt } = record
  const gone = { type: 'life', event: 'handed_over', ...backend, detail: 'lost' } as const
  for (let tries = 0; ; tries += 1) {
    const stored = await store.load(conversationId)
    if (standing.isAtRest) return { stored, words: noWords }
    const words = lastWords({ told, stored, openedAt, isComplete: gapAt === 0, newId })
    try {
      await store.append(conversationId, [...words.entries, gone], stored?.revision ?? 0)
      return { stored, words }
    } catch (error) {
      if (toRealtimeError(error).code !== 'revision_conflict' || tries === lateWrites) throw error
    }
  }
}

const noWords: LastWords = {
  entries: [],
  events: [],
  hasCutAnswer: false,
  cutRequestIds: [],
  unfinishedItemId: undefined,
}

function itemsIn(entries: readonly ContextEntry[]): ReadonlySet<string> {
  return new Set(entries.flatMap((entry) => (entry.type === 'item' ? (entry.item.id ?? []) : [])))
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
