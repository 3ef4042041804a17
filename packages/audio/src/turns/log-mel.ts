/** Mel bands of Whisper's small models. */
export const melBands = 80
/** Samples at 16 kHz between two frames. */
export const melHop = 160

const sampleRate = 16_000
const windowSamples = 400
const bins = windowSamples / 2 + 1
const floor = 1e-10

/**
 * Log-mel spectrogram as Whisper's feature extractor makes it of sound at 16 kHz: centred Hann windows of 25 ms
 * every 10 ms, the sound mirrored at both ends, Slaney's mel scale and norm, the loudest 8 decades scaled to about
 * [-1, 1]. Gives `melBands` rows of `samples.length / 160` values. Throws `RangeError` for under 201 samples.
 */
export function logMelSpectrogram(samples: Float32Array): Float32Array {
  if (samples.length <= windowSamples / 2)
    throw new RangeError(`${samples.length} samples are too few to mirror`)
  const frames = Math.floor(samples.length / melHop)
  const mel = new Float32Array(melBands * frames)
  const window = new Float64Array(windowSamples)
  const spectrum = { re: new Float64Array(windowSamples), im: new Float64Array(windowSamples) }
  const power = new Float64Array(bins)
  const last = samples.length - 1
  let loudest = Math.log10(floor)
  for (let frame = 0; frame < frames; frame += 1) {
    const start = frame * melHop - windowSamples / 2
    let silent = true
    for (let index = 0; index < windowSamples; index += 1) {
      const at = Math.abs(start + index)
      const sample = samples[at > last ? 2 * last - at : at] ?? 0
      if (sample !== 0) silent = false
      window[index] = sample * (hann[index] ?? 0)
    }
    if (silent) {
      for (let band = 0; band < melBands; band += 1) mel[band * frames + frame] = Math.log10(floor)
      continue
    }
    transform({ values: window, offset: 0, stride: 1 }, { ...spectrum, offset: 0 }, windowSamples)
    for (let bin = 0; bin < bins; bin += 1)
      power[bin] = (spectrum.re[bin] ?? 0) ** 2 + (spectrum.im[bin] ?? 0) ** 2
    for (const [band, { first, weights }] of filters.entries()) {
      let energy = 0
      for (let index = 0; index < weights.length; index += 1)
        energy += (weights[index] ?? 0) * (power[first + index] ?? 0)
      const value = Math.log10(Math.max(energy, floor))
      mel[band * frames + frame] = value
      loudest = Math.max(loudest, value)
    }
  }
  return mel.map((value) => (Math.max(value, loudest - 8) + 4) / 4)
}
const hann = Float64Array.from(
  { length: windowSamples },
  (_, index) => 0.5 - 0.5 * Math.cos((2 * Math.PI * index) / windowSamples),
)

/** Triangles of equal area, evenly spaced on Slaney's scale from 0 to 8 kHz; only the bins that count. */
const filters = melFilters()

function melFilters(): readonly { readonly first: number; readonly weights: Float64Array }[] {
  const top = hertzToMel(sampleRate / 2)
  const edges = Array.from({ length: melBands + 2 }, (_, index) => melToHertz((top * index) / (melBands + 1)))
  return Array.from({ length: melBands }, (_, band) => {
    const [low = 0, centre = 0, high = 0] = edges.slice(band, band + 3)
    const weights = Array.from({ length: bins }, (_, bin) => {
      const hertz = (bin * sampleRate) / windowSamples
      const slope = Math.min((hertz - low) / (centre - low), (high - hertz) / (high - centre))
      return Math.max(0, slope) * (2 / (high - low))
    })
    const first = Math.max(
      0,
      weights.findIndex((weight) => weight > 0),
    )
    const last = weights.findLastIndex((weight) => weight > 0)
    return { first, weights: Float64Array.from(weights.slice(first, last + 1)) }
  })
}

/** Linear below 1 kHz (15 mel), logarithmic above. */
function hertzToMel(hertz: number): number {
  return hertz < 1_000 ? (hertz * 3) / 200 : 15 + (Math.log(hertz / 1_000) * 27) / Math.log(6.4)
}

function melToHertz(mel: number): number {
  return mel < 15 ? (mel * 200) / 3 : 1_000 * Math.exp((Math.log(6.4) * (mel - 15)) / 27)
}

/** Every `stride`-th value of a real signal from `offset` on. */
interface Signal {
  readonly values: Float64Array
  readonly offset: number
  readonly stride: number
}

/** Room for a spectrum from `offset` on. */
interface Spectrum {
  readonly re: Float64Array
  readonly im: Float64Array
  readonly offset: number
}

/** Discrete Fourier transform: halves while the length is even, sums what is left (400 = 16 x 25). */
function transform(input: Signal, output: Spectrum, length: number): void {
  if (length % 2 === 1) return sumTransform(input, output, length)
  const half = length / 2
  const { offset, stride } = input
  const upper = { ...output, offset: output.offset + half }
  transform({ ...input, stride: 2 * stride }, output, half)
  transform({ ...input, offset: offset + stride, stride: 2 * stride }, upper, half)
  const { re, im } = output
  const step = windowSamples / length
  for (let bin = 0; bin < half; bin += 1) {
    const even = output.offset + bin
    const odd = even + half
    const cos = cosines[bin * step] ?? 0
    const sin = sines[bin * step] ?? 0
    const turnedRe = (re[odd] ?? 0) * cos + (im[odd] ?? 0) * sin
    const turnedIm = (im[odd] ?? 0) * cos - (re[odd] ?? 0) * sin
    re[odd] = (re[even] ?? 0) - turnedRe
    im[odd] = (im[even] ?? 0) - turnedIm
    re[even] = (re[even] ?? 0) + turnedRe
    im[even] = (im[even] ?? 0) + turnedIm
  }
}

function sumTransform(input: Signal, output: Spectrum, length: number): void {
  const step = windowSamples / length
  for (let bin = 0; bin < length; bin += 1) {
    let sumRe = 0
    let sumIm = 0
    let angle = 0
    for (let index = 0; index < length; index += 1) {
      const value = input.values[input.offset + index * input.stride] ?? 0
      sumRe += value * (cosines[angle] ?? 0)
      sumIm -= value * (sines[angle] ?? 0)
      angle += bin * step
      if (angle >= windowSamples) angle -= windowSamples
    }
    output.re[output.offset + bin] = sumRe
    output.im[output.offset + bin] = sumIm
  }
}

const cosines = Float64Array.from({ length: windowSamples }, (_, index) =>
  Math.cos((2 * Math.PI * index) / windowSamples),
)
const sines = Float64Array.from({ length: windowSamples }, (_, index) =>
  Math.sin((2 * Math.PI * index) / windowSamples),
)
