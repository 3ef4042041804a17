'use client'

import { useCallback, useEffect, useState } from 'react'
import { RunStoreError, type RunStore, type StorageProblem } from './run-store.ts'

/** Something of the run store as it is shown. */
export type Kept<T> =
  | { readonly status: 'loading' }
  | { readonly status: 'loaded'; readonly value: T }
  | { readonly status: 'failed'; readonly problem: StorageProblem }

/** Reads from the store, and again after each change of it; `read` must be the same function for the same thing. */
export function useKept<T>(
  store: RunStore,
  read: (store: RunStore) => Promise<T>,
): { readonly kept: Kept<T>; readonly retry: () => void } {
  const [kept, setKept] = useState<Kept<T>>({ status: 'loading' })
  const [attempt, setAttempt] = useState(0)
  useEffect(() => {
    let isCurrent = true
    let reading = 0
    const load = (): void => {
      reading += 1
      const mine = reading
      read(store).then(
        (value) => {
          // What was asked for last counts, whatever order the answers have.
          if (isCurrent && mine === reading) setKept({ status: 'loaded', value })
        },
        (error: unknown) => {
          if (isCurrent && mine === reading) setKept({ status: 'failed', problem: problemOf(error) })
        },
      )
    }
    load()
    const stop = store.onChange(load)
    return () => {
      isCurrent = false
      stop()
    }
  }, [store, read, attempt])
  return { kept, retry: useCallback(() => setAttempt((before) => before + 1), []) }
}

/** Which problem of the store an error is. */
export function problemOf(error: unknown): StorageProblem {
  return error instanceof RunStoreError ? error.problem : 'failed'
}
