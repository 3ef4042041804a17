import type { Cell, SpectrumRing } from './spectral-kernels.ts'

/** Band of the delay search: 300 to 3400 Hz, which every telephone line lets through; a bin is 50 Hz at every rate. */
export const firstSearchBin = 6
const lastSearchBin = 68

/** One adaptive filter. */
export interface FilterCells {
  readonly weights: Cell
  readonly variance: Cell
}

/** Where everything of a canceller lies in the memory of its kernels. */
export interface EchoLayout {
  readonly frameSamples: number
  readonly bins: number
  /** Frames of the echo path that a filter covers. */
  readonly partitions: number
  /** Spectra of the loudspeaker. */
  readonly far: SpectrumRing
  readonly steady: FilterCells
  readonly quick: FilterCells
  /** Last two frames of the loudspeaker. */
  readonly farSamples: Cell
  /** Work space: 2n samples, two spectra, gain and certainty of a step. */
  readonly samples: Cell
  readonly spectrum: Cell
  readonly gain: Cell
  readonly certainty: Cell
  /** Of the delay search: whitened spectra, cross spectra, scores. */
  readonly search: SpectrumRing
  readonly searchNear: Cell
  readonly cross: Cell
  readonly scores: Cell
  readonly cells: number
}

/** Layout for frames of 10 ms at `sampleRate`, filters of `partitions` frames and delays of up to `lags` frames. */
export function echoLayout(sampleRate: number, partitions: number, lags: number): EchoLayout {
  const frameSamples = sampleRate / 100
  const bins = frameSamples + 1
  let cells = 0
  const take = (count: number): Cell => {
    const at = cells
    // Even, so that complex numbers are aligned to vectors.
    cells += count + (count % 2)
    return at
  }
  const ring = (slots: number, complexes: number): SpectrumRing => {
    return { at: take(slots * 2 * complexes), slots, stride: 2 * complexes }
  }
  const filter = (): FilterCells => {
    return { weights: take(partitions * 2 * bins), variance: take(partitions * bins) }
  }
  const searchBins = lastSearchBin - firstSearchBin + 1
  return {
    frameSamples,
    bins,
    partitions,
    far: ring(lags + partitions, bins),
    steady: filter(),
    quick: filter(),
    farSamples: take(2 * frameSamples),
    samples: take(2 * frameSamples),
    spectrum: take(2 * bins),
    gain: take(2 * bins),
    certainty: take(bins),
    search: ring(lags, searchBins),
    searchNear: take(2 * searchBins),
    cross: take(lags * 2 * searchBins),
    scores: take(lags),
    cells,
  }
}
