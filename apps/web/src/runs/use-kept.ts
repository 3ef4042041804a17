'use client'

import { useCallback, useEffect, useState } from 'react'
import { RunStoreError, type RunStore, type StorageProblem } from './run-store.ts'

/** Something of the run store as it is shown. */
export type Kept<T> =
  | { readonly status: 'loading' }
  | { readonly status: 'loaded'; readonly value: T }
  | { readonly status: 'failed'; readonly problem: StorageProblem }

/** Many changes at once, as an import makes them, are read together: a reading follows the last one this late, ms. */
const leastBetweenMs = 250

/** Reads from the store, and again after each change of it; `read` must be the same function for the same thing. */
export function useKept<T>(
  store: RunStore,
  read: (store: RunStore) => Promise<T>,
): { readonly kept: Kept<T>; readonly retry: () => void } {
  const [state, setState] = useState<{ readonly of: typeof read; readonly kept: Kept<T> }>()
  const [attempt, setAttempt] = useState(0)
  useEffect(() => {
    let isCurrent = true
    let isReading = false
    let readAt = Number.NEGATIVE_INFINITY
    let timer: ReturnType<typeof setTimeout> | undefined
    const show = (next: Kept<T>): void => {
      isReading = false
      readAt = performance.now()
      if (isCurrent) setState({ of: read, kept: next })
    }
    const load = (): void => {
      clearTimeout(timer)
      const early = readAt + leastBetweenMs - performance.now()
      if (isReading || early > 0) {
        timer = setTimeout(load, isReading ? leastBetweenMs : early)
        return
      }
      isReading = true
      read(store).then(
        (value) => show({ status: 'loaded', value }),
        (error: unknown) => show({ status: 'failed', problem: problemOf(error) }),
      )
    }
    load()
    const stop = store.onChange(load)
    return () => {
      isCurrent = false
      clearTimeout(timer)
      stop()
    }
  }, [store, read, attempt])
  // What was read before is something else.
  const kept: Kept<T> = state?.of === read ? state.kept : { status: 'loading' }
  return { kept, retry: useCallback(() => setAttempt((before) => before + 1), []) }
}

/** Which problem of the store an error is. */
export function problemOf(error: unknown): StorageProblem {
  return error instanceof RunStoreError ? error.problem : 'failed'
}
