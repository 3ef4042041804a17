/** A clock that stands still until everything that is due has happened. Times are ms. */
export interface VirtualClock {
  now(): number
  waitUntil(at: number, signal?: AbortSignal): Promise<void>
  /** Calls `act` at a time. */
  at(time: number, act: () => void): void
  /** Lets time pass until `work` has ended. Throws when nothing is left to wait for. */
  run<T>(work: Promise<T>): Promise<T>
}

interface Alarm {
  readonly at: number
  readonly order: number
  readonly ring: () => void
}

/** A clock at 1000.3 ms: off the grid, as real ones are. */
export function createVirtualClock(): VirtualClock {
  const alarms = new Set<Alarm>()
  let now = 1000.3
  let order = 0

  function add(at: number, ring: () => void): Alarm {
    const alarm = { at: Math.max(at, now), order: order++, ring }
    alarms.add(alarm)
    return alarm
  }

  function next(): Alarm | undefined {
    return [...alarms].toSorted((a, b) => a.at - b.at || a.order - b.order)[0]
  }

  return {
    now: () => now,
    waitUntil(at, signal) {
      return new Promise((resolve) => {
        if (signal?.aborted) return resolve()
        const alarm = add(at, resolve)
        signal?.addEventListener('abort', () => {
          alarms.delete(alarm)
          resolve()
        })
      })
    },
    at: (time, act) => void add(time, act),
    async run(work) {
      let isOver = false
      work.then(
        () => (isOver = true),
        () => (isOver = true),
      )
      for (;;) {
        // Everything that follows from the last alarm without waiting.
        await new Promise((resolve) => setImmediate(resolve))
        if (isOver) return work
        const alarm = next()
        if (!alarm) throw new Error(`Nothing will happen after ${now} ms.`)
        alarms.delete(alarm)
        now = alarm.at
        alarm.ring()
      }
    },
  }
}
