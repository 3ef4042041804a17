/** A value with listeners; the shape `useSyncExternalStore` takes. */
export interface Store<T> {
  readonly get: () => T
  readonly set: (value: T) => void
  /** Returns the way to unsubscribe. */
  readonly subscribe: (listener: () => void) => () => void
}

/** A store that tells its listeners at once; setting the same value tells nobody. */
export function createStore<T>(initial: T): Store<T> {
  let value = initial
  const listeners = new Set<() => void>()
  return {
    get: () => value,
    set: (next) => {
      if (Object.is(next, value)) return
      value = next
      for (const listener of listeners) listener()
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
