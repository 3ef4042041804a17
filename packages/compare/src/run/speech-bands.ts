import { trackRate, type Segment } from './lane-run.ts'

/** Level from which sound of a person counts as speech, dBFS. */
export const speechDbfs = -45

/** Level from which sound of an answer counts as heard, dBFS. */
export const audibleDbfs = -50

/** Silence that parts two bands, ms; shorter ones are gaps between words. */
const joinMs = 300

const windowSamples = trackRate / 100

/** Samples of one stretch of speech: the first and one past the last that reach the level. */
export interface Band {
  readonly from: number
  readonly to: number
}

/** Finds what is loud in a stream, any chunks at a time. */
export interface LevelWindows {
  /** Indices count from the first sample of the stream. `loud` is told of each loud window's edges, in order. */
  push(samples: Int16Array, loud: (band: Band) => void): void
}

/**
 * Windows of 10 ms whose mean level reaches `dbfs`. The edges are the first and last sample in the window that reach
 * it themselves, so they are not bound to the grid; a window is told as soon as it is certain, and again when its
 * last loud sample moves.
 */
export function createLevelWindows(dbfs: number): LevelWindows {
  const amplitude = 32768 * 10 ** (dbfs / 20)
  const enough = windowSamples * amplitude ** 2
  let index = 0
  let sum = 0
  let first = -1

  return {
    push(samples, loud) {
      for (const sample of samples) {
        if (index % windowSamples === 0) {
          sum = 0
          first = -1
        }
        sum += sample * sample
        if (Math.abs(sample) >= amplitude) {
          if (first < 0) first = index
          if (sum >= enough) loud({ from: first, to: index + 1 })
        }
        index++
      }
    },
  }
}

/** Bands of a stream as it comes. */
export interface BandDetector {
  push(samples: Int16Array): void
  /** Stretches found so far; the last one may still grow while fewer than 300 ms of silence follow it. */
  readonly bands: readonly Band[]
}

/** Speech of a person by level: windows of 10 ms from -45 dBFS, joined over gaps under 300 ms. */
export function createBandDetector(dbfs: number = speechDbfs): BandDetector {
  const windows = createLevelWindows(dbfs)
  const bands: Band[] = []
  const joinSamples = (joinMs * trackRate) / 1000
  return {
    bands,
    push(samples) {
      windows.push(samples, ({ from, to }) => {
        const last = bands.at(-1)
        if (last && from - last.to < joinSamples) bands[bands.length - 1] = { from: last.from, to }
        else bands.push({ from, to })
      })
    },
  }
}

/** Speech in sound, in samples of it. */
export function bandsOf(samples: Int16Array): readonly Band[] {
  const detector = createBandDetector()
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
