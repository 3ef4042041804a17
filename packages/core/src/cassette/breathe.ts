import { setImmediate } from 'node:timers/promises'

/** Longest stretch of work in one go (ms): calls that run meanwhile must not be heard to stumble. */
const maxStretchMs = 5

/** A pause in long work, so that other work gets its turn; a call costs nothing until it is time. */
export function createBreather(): () => Promise<void> | undefined {
  let since = performance.now()
  return () => {
    if (performance.now() - since < maxStretchMs) return undefined
    return setImmediate().then(() => void (since = performance.now()))
  }
}
