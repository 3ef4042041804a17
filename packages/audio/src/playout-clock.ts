/**
 * What a listener who plays sound as it arrives has heard of one item. A value: each arrival makes the next one, so
 * it needs neither a timer nor a clock of its own. All times are in ms on one monotonic clock.
 */
export interface Playout {
  /** Sound that has arrived. */
  readonly totalMs: number
  /** Sound of earlier stretches, each of which ran dry before the next arrived. */
  readonly playedMs: number
  /** When the current stretch began to sound. */
  readonly startedAt: number
  readonly stretchMs: number
}

/** Nothing has arrived. */
export const nothingPlayed: Playout = { totalMs: 0, playedMs: 0, startedAt: 0, stretchMs: 0 }

/**
 * The item after `ms` more of sound arrived at `at`. A stretch starts no earlier than `notBefore`, when the sound
 * before it ends. Throws `RangeError` for a negative or NaN length.
 */
export function withSound(
  playout: Playout,
  ms: number,
  { at, notBefore }: { readonly at: number; readonly notBefore: number },
): Playout {
  if (!(ms >= 0)) throw new RangeError(`ms must be a length of time, got ${ms}`)
  const totalMs = playout.totalMs + ms
  if (playout.totalMs > 0 && at <= playoutEnd(playout)) {
    return { ...playout, totalMs, stretchMs: playout.stretchMs + ms }
  }
  const playedMs = playout.playedMs + playout.stretchMs
  return { totalMs, playedMs, startedAt: Math.max(at, notBefore), stretchMs: ms }
}

/** When the last sound that has arrived will have been heard. */
export function playoutEnd({ startedAt, stretchMs }: Playout): number {
  return startedAt + stretchMs
}

/** Sound heard by `at`: never more than has arrived. */
export function heardMs({ playedMs, startedAt, stretchMs }: Playout, at: number): number {
  return playedMs + Math.min(Math.max(at - startedAt, 0), stretchMs)
}

/**
 * The item as its player reports it: `ms` were heard at `at`, and the rest of what has arrived follows without a gap.
 * Throws `RangeError` for a position that is negative, NaN or beyond the sound.
 */
export function playedTo(
  { totalMs }: Playout,
  { ms, at }: { readonly ms: number; readonly at: number },
): Playout {
  if (!(ms >= 0 && ms <= totalMs)) throw new RangeError(`ms must be between 0 and ${totalMs}, got ${ms}`)
  return { totalMs, playedMs: ms, startedAt: at, stretchMs: totalMs - ms }
}

/** The item when the sound before it ends `byMs` later than it seemed; one that has begun to sound stays. */
export function delayed(
  playout: Playout,
  { byMs, at }: { readonly byMs: number; readonly at: number },
): Playout {
  if (playout.totalMs === 0 || playout.startedAt < at) return playout
  return { ...playout, startedAt: Math.max(at, playout.startedAt + byMs) }
}
