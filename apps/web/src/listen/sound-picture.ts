import { createFramer, createSpectrum } from '@parley/audio'
import { binSamples, columnBands, columnSamples } from './worker-protocol.ts'

/** Window of a spectrum: 32 ms, as long as detectors listen at a time. */
const windowSamples = 512

/** Level that is drawn darkest, in dBFS of one band; the brightest is `brightDbfs`. */
const darkDbfs = -100
const brightDbfs = -25

/** What is drawn of a sound. */
export interface PicturePart {
  /** Lowest and highest sample of each bin, -127 to 127. */
  readonly peaks: Int8Array
  /** Levels of spectra, 0 to 255, `columnBands` each. */
  readonly columns: Uint8Array
}

/** Draws sound as it comes, in chunks of any size. */
export interface SoundPicture {
  process(samples: Float32Array): PicturePart
}

/** Begins a picture. The first spectrum looks at 32 ms around the start of the sound. */
export function createSoundPicture(): SoundPicture {
  const bins = createFramer(binSamples)
  const steps = createFramer(columnSamples)
  const spectrum = createSpectrum(windowSamples)
  const window = new Float32Array(windowSamples)
  const levels = new Float32Array(spectrum.bins)

  function column(step: Float32Array, out: Uint8Array): void {
    window.copyWithin(0, columnSamples)
    window.set(step, windowSamples - columnSamples)
    spectrum.levelsInto(window, levels)
    const perBand = (spectrum.bins - 1) / columnBands
    for (let band = 0; band < columnBands; band += 1) {
      let level = darkDbfs
      for (let bin = 1; bin <= perBand; bin += 1)
        level = Math.max(level, levels[band * perBand + bin] ?? level)
      out[band] = Math.min(255, Math.round((255 * (level - darkDbfs)) / (brightDbfs - darkDbfs)))
    }
  }

  return {
    process(samples) {
      const newBins = bins.process(samples)
      const peaks = new Int8Array(2 * newBins.length)
      newBins.forEach((bin, place) => {
        let low = 0
        let high = 0
        for (const sample of bin) {
          if (sample < low) low = sample
          if (sample > high) high = sample
        }
        peaks[2 * place] = Math.max(-127, Math.round(127 * low))
        peaks[2 * place + 1] = Math.min(127, Math.round(127 * high))
      })
      const newSteps = steps.process(samples)
      const columns = new Uint8Array(columnBands * newSteps.length)
      newSteps.forEach((step, place) =>
        column(step, columns.subarray(place * columnBands, (place + 1) * columnBands)),
      )
      return { peaks, columns }
    },
  }
}
