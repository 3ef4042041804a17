import { RealtimeError } from '../errors.ts'

/** How long a backend may take, in milliseconds. */
export interface ConnectLimits {
  /** Signing in and opening the socket, together. */
  readonly openTimeoutMs: number
  /** From the open socket to the first event. */
  readonly firstEventTimeoutMs: number
  /** Pause between pings. */
  readonly pingIntervalMs: number
  /** From a ping to any sign of life, after which the connection counts as dead. */
  readonly pongTimeoutMs: number
}

/** The limits of a provider that is told no others. */
export const defaultConnectLimits: ConnectLimits = {
  openTimeoutMs: 10_000,
  firstEventTimeoutMs: 10_000,
  pingIntervalMs: 20_000,
  pongTimeoutMs: 20_000,
}

/** One step that may not take for ever. */
export interface StepLimit {
  readonly timeoutMs: number
  readonly signal: AbortSignal
  /** Begins the error's sentence, for example `The backend sent no event`. */
  readonly late: string
}

/**
 * The result of `work`, or `backend_unavailable` when its time is over or `signal` aborts. The signal given to
 * `work` aborts in both cases.
 */
export async function within<T>(
  { timeoutMs, signal, late }: StepLimit,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const stop = new AbortController()
  const over = Promise.withResolvers<never>()

  function fail(message: string, cause?: unknown): void {
    const error = new RealtimeError('backend_unavailable', message, { cause })
    over.reject(error)
    stop.abort(error)
  }
  function abort(): void {
    fail('Dialling the backend was cancelled.', signal.reason)
  }
  const timer = setTimeout(() => fail(`${late} within ${timeoutMs} ms.`), timeoutMs)
  signal.addEventListener('abort', abort, { once: true })
  if (signal.aborted) abort()
  try {
    return await Promise.race([over.promise, work(stop.signal)])
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', abort)
  }
}
