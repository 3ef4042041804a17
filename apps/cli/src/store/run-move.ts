import { RealtimeError } from '@parley/core'
import { copyStore } from '@parley/core/storage'
import type { CopyOptions, CopyProgress } from '@parley/core/storage'
import { CommandFailure, exitCodes, usageError } from '../command-failure.ts'
import { openStore, shownAddress } from './open-store.ts'
import type { StoreAddress } from './open-store.ts'

/** What is moved where. */
export interface MoveRequest {
  readonly from: StoreAddress
  readonly to: StoreAddress
  readonly signal: AbortSignal
  /** Told before anything is written. */
  readonly onBegin: NonNullable<CopyOptions['onBegin']>
  /** Told at most once in `intervalMs`, and at the end. */
  readonly onProgress: (progress: CopyProgress) => void
  readonly intervalMs: number
}

/**
 * Copies everything from one store to another and compares what arrived; the first one stays as it is. Goes on where an
 * earlier run was stopped. Rejects with a `CommandFailure` that says what to do.
 */
export async function runMove(request: MoveRequest): Promise<CopyProgress> {
  const { from, to, signal, onBegin, onProgress, intervalMs } = request
  if (shownAddress(from) === shownAddress(to)) throw usageError('--from and --to are the same place.')
  await using source = await openStore(from, { mustExist: true })
  await using target = await openStore(to, { mustExist: false })
  let last: CopyProgress | undefined
  let toldAt = -Infinity
  try {
    const moved = await copyStore(source, target, {
      signal,
      onBegin,
      onProgress(progress) {
        last = progress
        if (performance.now() - toldAt < intervalMs) return
        toldAt = performance.now()
        onProgress(progress)
      },
    })
    onProgress(moved)
    return moved
  } catch (cause) {
    const so = `${last?.conversations ?? 0} of ${last?.total ?? 0} conversations are in ${shownAddress(to)}`
    if (signal.aborted) {
      throw new CommandFailure(`Stopped: ${so}. The same command goes on from there.`, exitCodes.interrupted)
    }
    if (!(cause instanceof RealtimeError)) throw cause
    throw new CommandFailure(`${cause.message} ${so}; the source is as it was.`, undefined, { cause })
  }
}

/** A line for people on what is where before a move. */
export function beginText(place: string, { present }: { readonly present: number }): string {
  if (present === 0) return `${place} holds no conversation yet.`
  return `${place} holds ${present} conversations already. Those that are the same are left as they are.`
}

/** A line for people. */
export function progressText(progress: CopyProgress): string {
  const { total, conversations, skipped, entries, sounds, bytes, people } = progress
  const share = total === 0 ? 100 : Math.floor((conversations / total) * 100)
  const more = [
    ...(skipped === 0 ? [] : [`${skipped} of them there already`]),
    `${entries} entries`,
    ...(sounds === 0 ? [] : [`${sounds} sounds (${(bytes / 1e6).toFixed(1)} MB)`]),
    ...(people === 0 ? [] : [`${people} people`]),
  ]
  return `${conversations} of ${total} conversations (${share} %), ${more.join(', ')}`
}
