import { useCallback, useEffect, useState } from 'react'

/** A position on a time axis that can run. */
export interface Clock {
  /** ms, `undefined` before anything was played. */
  readonly at: number | undefined
  readonly isRunning: boolean
  /** Goes on in real time, from the beginning after the end. */
  readonly run: () => void
  readonly pause: () => void
  /** Stops there. */
  readonly stopAt: (ms: number | undefined) => void
}

/** A clock over `lengthMs` that stops at its end. */
export function useClock(lengthMs: number): Clock {
  const [at, setAt] = useState<number>()
  const [isRunning, setRunning] = useState(false)
  useEffect(() => {
    if (!isRunning) return
    let frame = requestAnimationFrame(function tick(now, before = now) {
      setAt((ms = 0) => Math.min(ms + now - before, lengthMs))
      frame = requestAnimationFrame((next) => tick(next, now))
    })
    return () => cancelAnimationFrame(frame)
  }, [isRunning, lengthMs])
  useEffect(() => {
    if (at === lengthMs) setRunning(false)
  }, [at, lengthMs])
  const run = useCallback(() => {
    setAt((ms) => (ms === lengthMs ? 0 : ms))
    setRunning(true)
  }, [lengthMs])
  const pause = useCallback(() => setRunning(false), [])
  const stopAt = useCallback((ms: number | undefined) => {
    setRunning(false)
    setAt(ms)
  }, [])
  return { at, isRunning, run, pause, stopAt }
}
