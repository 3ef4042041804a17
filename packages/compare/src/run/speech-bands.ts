import {
  createLoudBands,
  createLoudWindows,
  type Band,
  type LoudBands,
  type LoudWindows,
} from '@parley/audio'
import { trackRate, type Segment } from './lane-run.ts'

/** Level from which sound of a person counts as speech, dBFS. */
const speechDbfs = -45

/** Level from which sound of an answer counts as heard, dBFS. */
const audibleDbfs = -50

/** Silence that parts two bands, ms; shorter ones are gaps between words. */
const joinMs = 300

/** Loud windows of an answer, in which its first sound is found. */
export function createAudibleWindows(): LoudWindows {
  return createLoudWindows({ sampleRate: trackRate, dbfs: audibleDbfs })
}

/** Speech of a person by level as it comes: windows of 10 ms from -45 dBFS, joined over gaps under 300 ms. */
export function createSpeechBands(): LoudBands {
  return createLoudBands({ sampleRate: trackRate, dbfs: speechDbfs, joinMs })
}

/** Speech in sound, in samples of it. */
export function bandsOf(samples: Int16Array): readonly Band[] {
  const detector = createSpeechBands()
  detector.push(samples)
  return detector.bands
}

/** Stretches of speech on a track, in ms on the lane's axis, in order; by level, so noise that is loud counts too. */
export function speechBands(segments: readonly Segment[]): { from: number; to: number }[] {
  const perMs = trackRate / 1000
  const bands: { from: number; to: number }[] = []
  for (const { at, samples } of segments.toSorted((a, b) => a.at - b.at)) {
    for (const band of bandsOf(samples)) {
      const from = at + band.from / perMs
      const to = at + band.to / perMs
      const last = bands.at(-1)
      if (last && from - last.to < joinMs) last.to = Math.max(last.to, to)
      else bands.push({ from, to })
    }
  }
  return bands
}
