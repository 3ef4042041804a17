import { reachesLevel, trimQuietWindows } from '@parley/audio'

/** Level (RMS) from which sound is speech and not the room. */
const audibleDbfs = -45

/** Sound from its first to its last window of 10 ms that reaches -45 dBFS; all of it when none does. */
export function withoutSilence(samples: Int16Array, sampleRate: number): Int16Array {
  return trimQuietWindows(samples, { sampleRate, dbfs: audibleDbfs })
}

/** True where the level (RMS) of a window reaches -45 dBFS. */
export function isAudible(window: Int16Array): boolean {
  return reachesLevel(window, audibleDbfs)
}
