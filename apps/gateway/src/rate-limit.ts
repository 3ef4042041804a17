import { RealtimeError } from '@parley/core'

/** How much of something costly is done. */
export interface RateLimitOptions {
  readonly perMinute: number
  /** At once. */
  readonly concurrent: number
  /** Clock in ms. */
  readonly now: () => number
}

/** Lets work through until a limit is reached. */
export interface RateLimit {
  /** Runs `task`; throws `rate_limit_exceeded` without running it when there was too much of it. */
  run<Result>(task: () => Promise<Result>): Promise<Result>
}

/** Makes the limit of one kind of work. */
export type RateLimits = (name: string, limits: Omit<RateLimitOptions, 'now'>) => RateLimit

/** A bucket of `perMinute` tasks that fills up again evenly. */
export function createRateLimit({ perMinute, concurrent, now }: RateLimitOptions): RateLimit {
  let left = perMinute
  let running = 0
  let filledAt = now()

  return {
    async run(task) {
      const at = now()
      left = Math.min(perMinute, left + ((at - filledAt) / 60_000) * perMinute)
      filledAt = at
      if (left < 1 || running >= concurrent) throw tooOften()
      left -= 1
      running += 1
      try {
        return await task()
      } finally {
        running -= 1
      }
    },
  }
}

/** What is told when a limit is reached. */
export function tooOften(): RealtimeError {
  return new RealtimeError('rate_limit_exceeded', 'This was asked for too often. Try again in a moment.')
}
