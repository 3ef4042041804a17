/** Tells when the user has said nothing for long after an answer was played. */
export interface IdleTimer {
  /** Waiting begins when the sound of this answer will have been played. */
  responseEnded(result: { readonly soundMs: number; readonly firstSoundAt: number | undefined }): void
  /** Somebody spoke. */
  stop(): void
  /** True when `timeoutMs` passed since the sound ended. */
  isDue(timeoutMs: number): boolean
}

/** Creates a timer that waits for nothing until a response ends. It is asked, so it needs no timers of its own. */
export function createIdleTimer(now: () => number): IdleTimer {
  let silentSince: number | undefined
  return {
    responseEnded({ soundMs, firstSoundAt }) {
      silentSince = firstSoundAt === undefined ? undefined : Math.max(now(), firstSoundAt + soundMs)
    },
    stop() {
      silentSince = undefined
    },
    isDue: (timeoutMs) => silentSince !== undefined && now() - silentSince >= timeoutMs,
  }
}
