/** What is to be done later, in the order in which it is due. */
export interface Agenda {
  /** What is due at the same time is done by `order`. `run` may add to the agenda. */
  add(due: Due): void
  /** Forgets what `isGone` says of, and gives it in order. */
  remove(isGone: (due: Due) => boolean): readonly Due[]
  /** Forgets everything. */
  stop(): void
}

/** One thing to do. */
export interface Due {
  /** On the clock of the agenda, ms. */
  readonly at: number
  readonly order: number
  /** What it is part of. */
  readonly of?: object
  readonly run: () => void
}

/** An empty agenda over a clock in ms. */
export function createAgenda(now: () => number): Agenda {
  let waiting: Due[] = []
  let timer: ReturnType<typeof setTimeout> | undefined
  let running = false

  function arm(): void {
    clearTimeout(timer)
    const [first] = waiting
    timer = first && setTimeout(work, Math.max(0, Math.ceil(first.at - now())))
  }

  function work(): void {
    running = true
    for (let first = waiting[0]; first && first.at <= now(); first = waiting[0]) {
      waiting.shift()
      first.run()
    }
    running = false
    arm()
  }

  return {
    add(due) {
      // From the end, because most of it is added in order.
      const before = waiting.findLastIndex(
        ({ at, order }) => at < due.at || (at === due.at && order <= due.order),
      )
      waiting.splice(before + 1, 0, due)
      if (!running && waiting[0] === due) arm()
    },
    remove(isGone) {
      const gone = waiting.filter(isGone)
      waiting = waiting.filter((due) => !gone.includes(due))
      if (!running) arm()
      return gone
    },
    stop() {
      waiting = []
      clearTimeout(timer)
    },
  }
}
