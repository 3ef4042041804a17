import { setImmediate as nextTurn, setTimeout as delay } from 'node:timers/promises'

/** Timers keep whole milliseconds and come up to one late; the rest is waited for turn by turn of the event loop. */
const timerGrainMs = 1.5

/** Resolves at `at` on the clock of `performance.now`, to about a tenth of a millisecond, or when the signal aborts. */
export async function waitUntil(at: number, signal: AbortSignal): Promise<void> {
  const restMs = at - performance.now() - timerGrainMs
  if (restMs > 0) await delay(restMs, undefined, { signal }).catch(() => undefined)
  // At least one turn, so that a loop that is behind lets the sockets work.
  do await nextTurn()
  while (performance.now() < at && !signal.aborted)
}
