import { createFramer } from './framer.ts'
import { silenceDbfs } from './level.ts'
import type { Processor } from './processor.ts'
import { createSpectrum } from './spectrum.ts'

/** How finely a spectrogram looks. */
export interface SpectrogramOptions {
  /** Samples of one spectrum, a power of two. */
  readonly windowSamples: number
  /** Samples from one spectrum to the next. */
  readonly hopSamples: number
  /** Bands of equal width from 0 Hz to half the rate; a divisor of half the window. */
  readonly bands: number
}

/**
 * Spectra of a stream, one column for each hop: the loudest level of each band in dBFS, from low to high. A window ends
 * with its hop, so the first ones look at silence before the sound too.
 */
export function createSpectrogram(options: SpectrogramOptions): Processor<Float32Array, Float32Array> {
  const { windowSamples, hopSamples, bands } = options
  const hops = createFramer(hopSamples)
  const spectrum = createSpectrum(windowSamples)
  const window = new Float32Array(windowSamples)
  const levels = new Float32Array(spectrum.bins)
  const perBand = (spectrum.bins - 1) / bands
  if (!Number.isInteger(perBand)) {
    throw new RangeError(`${bands} bands do not divide the ${spectrum.bins - 1} bins of a spectrum`)
  }

  function column(hop: Float32Array): Float32Array {
    window.copyWithin(0, hopSamples)
    window.set(hop, windowSamples - hopSamples)
    spectrum.levelsInto(window, levels)
    const loudest = new Float32Array(bands)
    for (let band = 0; band < bands; band += 1) {
      let level = silenceDbfs
      for (let bin = 1; bin <= perBand; bin += 1) {
        level = Math.max(level, levels[band * perBand + bin] ?? level)
      }
      loudest[band] = level
    }
    return loudest
  }

  function reset(): void {
    hops.reset()
    window.fill(0)
  }

  return {
    process: (samples) => hops.process(samples).map(column),
    flush() {
      const columns = hops.flush().map(column)
      reset()
      return columns
    },
    reset,
  }
}
