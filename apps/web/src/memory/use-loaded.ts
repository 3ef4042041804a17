'use client'

import { useCallback, useEffect, useRef, useState } from 'react'

/** Something that is loaded; the value before stays while it is loaded again. */
export interface Loaded<T> {
  readonly value: T | undefined
  readonly failed: boolean
  readonly reload: () => void
}

/** Loads now, and again whenever `load` changes; keep it with `useCallback`. What came too late is dropped. */
export function useLoaded<T>(load: (signal: AbortSignal) => Promise<T>): Loaded<T> {
  const [value, setValue] = useState<T>()
  const [failed, setFailed] = useState(false)
  const current = useRef<AbortController>(undefined)
  const reload = useCallback((): void => {
    current.current?.abort()
    const abort = new AbortController()
    current.current = abort
    load(abort.signal).then(
      (loaded) => {
        if (abort.signal.aborted) return
        setValue(loaded)
        setFailed(false)
      },
      () => {
        if (!abort.signal.aborted) setFailed(true)
      },
    )
  }, [load])
  useEffect(() => {
    reload()
    return () => current.current?.abort()
  }, [reload])
  return { value, failed, reload }
}
