/** How loud sound is over time. */
export interface Peaks {
  /** Loudest magnitude between two times in ms, 0 to 1. */
  loudest(from: number, to: number): number
}

/** Sound that lies on an axis of time. */
export interface PlacedSound {
  /** Ms of the first sample. */
  readonly at: number
  readonly samples: Int16Array
}

/** Time one bin of the finest level stands for, ms. */
const finestMs = 1

/** Bins of a level that make one of the next. */
const step = 4

/** Loudest magnitudes in levels, each four times as coarse as the one before: any zoom is read in a few steps. */
export function createPeaks(sounds: readonly PlacedSound[], sampleRate: number): Peaks {
  const perBin = (sampleRate * finestMs) / 1000
  const toSamples = (at: number): number => Math.round((at * sampleRate) / 1000)
  const end = Math.max(0, ...sounds.map(({ at, samples }) => toSamples(at) + samples.length))
  const finest = new Uint16Array(Math.ceil(end / perBin))
  for (const { at, samples } of sounds) {
    const offset = Math.max(0, toSamples(at))
    let bin = Math.floor(offset / perBin)
    let left = perBin - (offset % perBin)
    let loud = finest[bin] ?? 0
    // Plain arithmetic: this passes over every sample of a run.
    for (let i = 0; i < samples.length; i += 1) {
      const sample = samples[i] ?? 0
      const magnitude = sample < 0 ? -sample : sample
      if (magnitude > loud) loud = magnitude
      left -= 1
      if (left > 0) continue
      finest[bin] = loud
      bin += 1
      left = perBin
      loud = finest[bin] ?? 0
    }
    if (bin < finest.length) finest[bin] = loud
  }
  return peaksOfBins(finest, finestMs, 32_768)
}

/** The same from bins that are already there: each the loudest of `binMs`, `full` for the largest there can be. */
export function peaksOfBins(bins: ArrayLike<number>, binMs: number, full: number): Peaks {
  const levels: ArrayLike<number>[] = [bins]
  for (let level = bins; level.length > step;) {
    const coarser = new Uint16Array(Math.ceil(level.length / step))
    for (let i = 0; i < level.length; i += 1) {
      const at = Math.floor(i / step)
      coarser[at] = Math.max(coarser[at] ?? 0, level[i] ?? 0)
    }
    levels.push(coarser)
    level = coarser
  }
  return {
    loudest(from, to) {
      const depth = Math.log((to - from) / binMs) / Math.log(step)
      const index = Math.min(levels.length - 1, Math.max(0, Math.floor(depth)))
      const level = levels[index] ?? []
      const width = binMs * step ** index
      const first = Math.max(0, Math.floor(from / width))
      const last = Math.min(level.length, Math.max(first + 1, Math.ceil(to / width)))
      let loud = 0
      for (let i = first; i < last; i += 1) loud = Math.max(loud, level[i] ?? 0)
      return loud / full
    },
  }
}
