import { createSpectrogram, createWaveform } from '@parley/audio'
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
  const waveform = createWaveform(binSamples)
  const spectrogram = createSpectrogram({ windowSamples, hopSamples: columnSamples, bands: columnBands })
  return {
    process(samples) {
      const edges = waveform.process(samples).flatMap((pairs) => [...pairs])
      const spectra = spectrogram.process(samples)
      const columns = new Uint8Array(columnBands * spectra.length)
      for (const [place, levels] of spectra.entries()) {
        for (const [band, level] of levels.entries()) columns[place * columnBands + band] = brightness(level)
      }
      return { peaks: Int8Array.from(edges, height), columns }
    },
  }
}

function height(sample: number): number {
  return Math.max(-127, Math.min(127, Math.round(127 * sample)))
}

function brightness(level: number): number {
  const share = (level - darkDbfs) / (brightDbfs - darkDbfs)
  return Math.max(0, Math.min(255, Math.round(255 * share)))
}
