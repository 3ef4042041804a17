import type { ComparePorts } from './ports.ts'

/** Length of a frame of sound, ms. */
export const frameMs = 20

/** Frames that are late follow each other no quicker than this, ms: catching up is no burst. */
const minGapMs = frameMs / 2

/** A machine that slept does not catch up what it missed beyond this, ms. */
const maxLagMs = 2000

/**
 * Calls `onFrame` each 20 ms until `signal` aborts, with how late it is in ms. Deadlines are multiples of 20 ms on
 * the clock, so they do not drift and lanes that run at once share them.
 */
export async function pace(
  ports: Pick<ComparePorts, 'now' | 'waitUntil'>,
  signal: AbortSignal,
  onFrame: (lateMs: number) => void,
): Promise<void> {
  let deadline = nextDeadline(ports.now())
  let earliest = deadline
  while (!signal.aborted) {
    await ports.waitUntil(Math.max(deadline, earliest), signal)
    if (signal.aborted) return
    const now = ports.now()
    onFrame(Math.max(0, now - deadline))
    earliest = now + minGapMs
    deadline = now - deadline > maxLagMs ? nextDeadline(now) : deadline + frameMs
  }
}

function nextDeadline(now: number): number {
  return (Math.floor(now / frameMs) + 1) * frameMs
}
