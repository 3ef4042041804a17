/** How long a number of passes will still take, judged by those that are over. */
export interface TimeLeft {
  /** A pass is over that took so long (ms). */
  passEnded(durationMs: number, now: number): void
  /** Ms from `now` on; `undefined` before the first pass is over. Runs down between the ends of passes. */
  at(now: number): number | undefined
}

/** An estimate for `total` passes, of which `parallel` run at the same time. */
export function createTimeLeft({
  total,
  parallel,
}: {
  readonly total: number
  readonly parallel: number
}): TimeLeft {
  let done = 0
  let takenMs = 0
  let endsAt: number | undefined
  return {
    passEnded(durationMs, now) {
      done += 1
      takenMs += durationMs
      endsAt = now + ((takenMs / done) * Math.max(0, total - done)) / parallel
    },
    at: (now) => (endsAt === undefined ? undefined : Math.max(0, endsAt - now)),
  }
}
