import { setImmediate } from 'node:timers/promises'
import type { NumberedFrame } from '@parley/core'
import { errorFields } from '../telemetry.ts'
import type { Log } from '../telemetry.ts'
import type { LiveSessions, NewSessionRecord, SessionStanding } from './live-sessions.ts'
import type { SessionKeeper } from './resumable-session.ts'

/** What a keeper works with. */
export interface KeeperOptions {
  readonly sessions: LiveSessions
  readonly record: NewSessionRecord
  /** Where the session stands. */
  readonly standing: () => SessionStanding
  /** The record is there already. */
  readonly isOpen: boolean
  readonly log: Log
}

/** Keeps nothing until the session leaves: a process that dies takes its sessions with it. */
export function lastMomentKeeper({ sessions, record, standing }: KeeperOptions): SessionKeeper {
  return {
    async release(kept) {
      await sessions.open(record)
      await release(sessions, record, { standing: standing(), kept })
    },
  }
}

/**
 * Writes down every frame but sound before a client gets it, with where the session stands, in one step for each turn
 * of the event loop. So what a client was told and what it need not say again are always known together. While the
 * registry cannot be reached, frames go out without it.
 */
export function writeAheadKeeper(options: KeeperOptions): SessionKeeper {
  const { sessions, record, standing, log } = options
  let isOpen = options.isOpen
  let batch: NumberedFrame[] = []
  let gapAt = 0
  let writing: Promise<void> | undefined
  let next: Promise<void> | undefined

  async function write(): Promise<void> {
    await writing
    await setImmediate()
    const frames = batch
    batch = []
    writing = next
    next = undefined
    try {
      await keep(frames)
    } catch (error) {
      gapAt = frames.at(-1)?.number ?? gapAt
      log.warn(errorFields(error), 'session not kept')
    }
  }

  async function keep(frames: readonly NumberedFrame[]): Promise<void> {
    if (!isOpen) await sessions.open(record)
    isOpen = true
    if (await sessions.note(record.id, { standing: standing(), frames, gapAt })) return
    // The registry has forgotten everything.
    await sessions.open(record)
    gapAt = Math.max(gapAt, (frames[0]?.number ?? standing().sent + 1) - 1)
    await sessions.note(record.id, { standing: standing(), frames, gapAt })
  }

  function flush(): Promise<void> {
    return (next ??= write())
  }

  return {
    hold(numbered, event) {
      if (event.type === 'response.output_audio.delta') return undefined
      if (sessions.fault() !== undefined) {
        gapAt = numbered.number
        return undefined
      }
      batch.push(numbered)
      return flush()
    },
    note: async () => (sessions.fault() === undefined ? await flush() : undefined),
    async release(kept) {
      await (next ?? writing)
      await release(sessions, record, { standing: standing(), kept })
    },
  }
}

async function release(
  sessions: LiveSessions,
  { id, conversationId }: NewSessionRecord,
  { standing, kept }: { readonly standing: SessionStanding; readonly kept: readonly NumberedFrame[] },
): Promise<void> {
  const gapAt = (kept[0]?.number ?? standing.sent + 1) - 1
  await sessions.note(id, { standing: { ...standing, isAtRest: true }, frames: [], gapAt })
  await sessions.replaceFrames(id, kept)
  await sessions.unclaim(conversationId)
}
