import type { TimerRequest } from './timer-worker.ts'

/** What a clock needs of a worker. */
export interface TimerPort {
  postMessage(request: TimerRequest): void
  onmessage: ((event: MessageEvent<number>) => void) | null
  terminate(): void
}

/** Time for lanes: monotonic, and kept while the page is hidden. */
export interface LaneClock extends Disposable {
  /** Ms since the page was opened, finer than 1 ms. */
  readonly now: () => number
  /** Resolves at `at` on the clock of `now`, or when `signal` aborts. */
  readonly waitUntil: (at: number, signal: AbortSignal) => Promise<void>
}

/**
 * A clock whose waits run in a worker: browsers slow the timers of a page nobody sees down to one a second, but not
 * those of its workers. A machine that sleeps, and a phone that freezes the page, stop it all the same.
 */
export function createLaneClock(timers: TimerPort = startWorker()): LaneClock {
  const waiting = new Map<number, () => void>()
  let lastId = 0
  timers.onmessage = ({ data: id }) => waiting.get(id)?.()
  const now = (): number => performance.now()
  return {
    now,
    waitUntil: (at, signal) =>
      new Promise((resolve) => {
        const delayMs = at - now()
        if (signal.aborted || delayMs <= 0) return resolve()
        const id = (lastId += 1)
        const end = (): void => {
          waiting.delete(id)
          signal.removeEventListener('abort', giveUp)
          resolve()
        }
        const giveUp = (): void => {
          timers.postMessage({ type: 'cancel', id })
          end()
        }
        waiting.set(id, end)
        signal.addEventListener('abort', giveUp)
        timers.postMessage({ type: 'start', id, delayMs })
      }),
    [Symbol.dispose]: () => {
      timers.terminate()
      for (const end of waiting.values()) end()
    },
  }
}

function startWorker(): TimerPort {
  return new Worker(new URL('./timer-worker.ts', import.meta.url), { type: 'module' })
}
