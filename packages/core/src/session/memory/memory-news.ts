import type { MemoryChange, SessionPorts } from '../ports.ts'

/** What others change of what is remembered, from the first moment on. */
export interface MemoryNews {
  /** Takes what came meanwhile, and all that comes. */
  hear(taker: (change: MemoryChange) => void): void
  stop(): void
}

/** Listens; changes wait until somebody hears them. */
export function createMemoryNews({ onMemoryChange }: Pick<SessionPorts, 'onMemoryChange'>): MemoryNews {
  const early: MemoryChange[] = []
  let take = (change: MemoryChange): void => void early.push(change)
  const stop = onMemoryChange?.((change) => take(change))
  return {
    hear(taker) {
      take = taker
      for (const change of early) taker(change)
    },
    stop: () => stop?.(),
  }
}
