import { onNetwork } from './network.ts'

/** How long to wait between attempts. */
export interface BackoffOptions {
  /** Before the second attempt; it doubles with each one (ms). */
  readonly baseDelayMs: number
  readonly maxDelayMs: number
  /** In [0, 1). */
  readonly random: () => number
}

/** The wait before an attempt, the first of which is 0 and waits for nothing: half of it is chance. */
export function waitBefore(attempt: number, { baseDelayMs, maxDelayMs, random }: BackoffOptions): number {
  if (attempt === 0) return 0
  const full = Math.min(maxDelayMs, baseDelayMs * 2 ** (attempt - 1))
  return full / 2 + (full / 2) * random()
}

/** Resolves after `ms`, at once when the network is back, or when `signal` fires. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (ms <= 0 || signal.aborted) return Promise.resolve()
  return new Promise((resolve) => {
    const over = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', over)
      forget()
      resolve()
    }
    const timer = setTimeout(over, ms)
    signal.addEventListener('abort', over)
    const forget = onNetwork('online', over)
  })
}
