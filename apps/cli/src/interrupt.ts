import { exitCodes } from './command-failure.ts'

/** Ctrl-C and its relatives as a signal that aborts once. Disposing it gives the process its usual behaviour back. */
export interface Interrupt extends Disposable {
  readonly signal: AbortSignal
}

/** One Ctrl-C can arrive twice, from the terminal and from the script that started us, within this time (ms). */
const sameKeyPressMs = 1000

/** Aborts on the first Ctrl-C (or SIGTERM, SIGHUP, end of the parent); a second one ends the process at once. */
export function onInterrupt(): Interrupt {
  const controller = new AbortController()
  let firstAt: number | undefined
  const stop = (): void => {
    const now = performance.now()
    if (firstAt !== undefined && now - firstAt > sameKeyPressMs) process.exit(exitCodes.interrupted)
    firstAt ??= now
    controller.abort()
  }
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  for (const name of signals) process.on(name, stop)
  process.on('disconnect', stop)
  // The channel to the script that started us keeps nothing alive.
  process.channel?.unref()
  return {
    signal: controller.signal,
    [Symbol.dispose]() {
      for (const name of signals) process.off(name, stop)
      process.off('disconnect', stop)
    },
  }
}
