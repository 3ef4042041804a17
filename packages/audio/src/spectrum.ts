import { powerToDb } from './level.ts'

/** Spectra of frames of one size. */
export interface Spectrum {
  readonly frameSamples: number
  /** Levels of one spectrum, from 0 Hz to half the rate. */
  readonly bins: number
  /**
   * Writes the level of each bin in dBFS: a sine in the middle of a bin reads there what `rmsDbfs` reads of the
   * frame. Samples that are not finite count as 0.
   */
  levelsInto(frame: Float32Array, levels: Float32Array): void
}

/** Spectra under a Hann window; `frameSamples` is a power of two from 4 on. */
export function createSpectrum(frameSamples: number): Spectrum {
  if (!(frameSamples >= 4) || !Number.isInteger(Math.log2(frameSamples))) {
    throw new RangeError(`frameSamples must be a power of two from 4 on, got ${frameSamples}`)
  }
  const half = frameSamples / 2
  const bins = half + 1
  const window = Float64Array.from(
    { length: frameSamples },
    (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / frameSamples),
  )
  // The window's samples sum to half the frame; each side of the spectrum holds half of a sine.
  const scale = 2 / half ** 2
  const cos = Float64Array.from({ length: half }, (_, k) => Math.cos((2 * Math.PI * k) / frameSamples))
  const sin = Float64Array.from({ length: half }, (_, k) => -Math.sin((2 * Math.PI * k) / frameSamples))
  const reversed = bitReversed(half)
  const re = new Float64Array(half)
  const im = new Float64Array(half)

  /** Transforms the complex numbers in `re` and `im`, which lie in reversed order. */
  function transform(): void {
    for (let size = 1; size < half; size *= 2) {
      const step = half / size
      for (let k = 0; k < size; k++) {
        const c = cos[k * step] ?? 0
        const s = sin[k * step] ?? 0
        for (let even = k; even < half; even += 2 * size) {
          const odd = even + size
          const turnedRe = (re[odd] ?? 0) * c - (im[odd] ?? 0) * s
          const turnedIm = (re[odd] ?? 0) * s + (im[odd] ?? 0) * c
          re[odd] = (re[even] ?? 0) - turnedRe
          im[odd] = (im[even] ?? 0) - turnedIm
          re[even] = (re[even] ?? 0) + turnedRe
          im[even] = (im[even] ?? 0) + turnedIm
        }
      }
    }
  }

  return {
    frameSamples,
    bins,
    levelsInto(frame, levels) {
      if (frame.length !== frameSamples || levels.length !== bins) {
        throw new RangeError(
          `need ${frameSamples} samples and ${bins} levels, got ${frame.length} and ${levels.length}`,
        )
      }
      // Even samples as real and odd ones as imaginary parts: a transform of half the size does for both.
      for (let i = 0; i < half; i++) {
        const place = reversed[i] ?? 0
        re[place] = finite(frame[2 * i]) * (window[2 * i] ?? 0)
        im[place] = finite(frame[2 * i + 1]) * (window[2 * i + 1] ?? 0)
      }
      transform()
      for (let k = 0; k < bins; k++) {
        const low = k % half
        const high = (half - k) % half
        const evenRe = ((re[low] ?? 0) + (re[high] ?? 0)) / 2
        const evenIm = ((im[low] ?? 0) - (im[high] ?? 0)) / 2
        const oddRe = ((im[low] ?? 0) + (im[high] ?? 0)) / 2
        const oddIm = ((re[high] ?? 0) - (re[low] ?? 0)) / 2
        const c = k === half ? -1 : (cos[k] ?? 0)
        const s = k === half ? 0 : (sin[k] ?? 0)
        const real = evenRe + oddRe * c - oddIm * s
        const imaginary = evenIm + oddRe * s + oddIm * c
        levels[k] = powerToDb((real ** 2 + imaginary ** 2) * scale)
      }
    },
  }
}

function finite(sample = 0): number {
  return Number.isFinite(sample) ? sample : 0
}

function bitReversed(length: number): Uint32Array {
  const places = new Uint32Array(length)
  for (let i = 1; i < length; i++) places[i] = ((places[i >> 1] ?? 0) >> 1) | (i % 2 === 1 ? length >> 1 : 0)
  return places
}
