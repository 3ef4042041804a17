/** Whisper's window of 30 s at 16 kHz, in frames of 10 ms. */
export const melFrames = 3_000
/** Mel bands of the base and small models. */
export const melBands = 80

const sampleRate = 16_000
const hopSamples = 160
const windowSamples = 400
const bins = windowSamples / 2 + 1
const floor = 1e-10

/**
 * Log-mel spectrogram of at most 30 s as Whisper was trained on: centred Hann windows of 25 ms, Slaney's mel scale,
 * the loudest 8 decades scaled to about [-1, 1]. Gives `melBands` rows of `melFrames` values.
 */
export function logMelSpectrogram(samples: Float32Array): Float32Array {
  const mel = new Float32Array(melBands * melFrames).fill(Math.log10(floor))
  const re = new Float64Array(windowSamples)
  const im = new Float64Array(windowSamples)
  const power = new Float64Array(bins)
  // Windows that reach the sound; all others are silence.
  const soundFrames = Math.min(melFrames, Math.ceil((samples.length + windowSamples / 2) / hopSamples))
  for (let frame = 0; frame < soundFrames; frame += 1) {
    const start = frame * hopSamples - windowSamples / 2
    for (let index = 0; index < windowSamples; index += 1) {
      // The sound is mirrored at its beginning.
      re[index] = (samples[Math.abs(start + index)] ?? 0) * (hann[index] ?? 0)
      im[index] = 0
    }
    const [spectrumRe, spectrumIm] = transform(re, im)
    for (let bin = 0; bin < bins; bin += 1)
      power[bin] = (spectrumRe[bin] ?? 0) ** 2 + (spectrumIm[bin] ?? 0) ** 2
    filters.forEach(({ first, weights }, band) => {
      let energy = 0
      for (let index = 0; index < weights.length; index += 1)
        energy += (weights[index] ?? 0) * (power[first + index] ?? 0)
      mel[band * melFrames + frame] = Math.log10(Math.max(energy, floor))
    })
  }
  let loudest = Number.NEGATIVE_INFINITY
  for (const value of mel) loudest = Math.max(loudest, value)
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

/** Discrete Fourier transform: halves while the length is even, sums what is left (400 = 16 x 25). */
function transform(re: Float64Array, im: Float64Array): readonly [Float64Array, Float64Array] {
  const length = re.length
  const outRe = new Float64Array(length)
  const outIm = new Float64Array(length)
  const step = windowSamples / length
  if (length % 2 === 1) {
    for (let bin = 0; bin < length; bin += 1) {
      let sumRe = 0
      let sumIm = 0
      for (let index = 0; index < length; index += 1) {
        const angle = ((bin * index) % length) * step
        const cos = cosines[angle] ?? 0
        const sin = sines[angle] ?? 0
        sumRe += (re[index] ?? 0) * cos + (im[index] ?? 0) * sin
        sumIm += (im[index] ?? 0) * cos - (re[index] ?? 0) * sin
      }
      outRe[bin] = sumRe
      outIm[bin] = sumIm
    }
    return [outRe, outIm]
  }
  const half = length / 2
  const everySecond = (values: Float64Array, from: number): Float64Array =>
    Float64Array.from({ length: half }, (_, index) => values[2 * index + from] ?? 0)
  const [evenRe, evenIm] = transform(everySecond(re, 0), everySecond(im, 0))
  const [oddRe, oddIm] = transform(everySecond(re, 1), everySecond(im, 1))
  for (let bin = 0; bin < half; bin += 1) {
    const cos = cosines[bin * step] ?? 0
    const sin = sines[bin * step] ?? 0
    const turnedRe = (oddRe[bin] ?? 0) * cos + (oddIm[bin] ?? 0) * sin
    const turnedIm = (oddIm[bin] ?? 0) * cos - (oddRe[bin] ?? 0) * sin
    outRe[bin] = (evenRe[bin] ?? 0) + turnedRe
    outIm[bin] = (evenIm[bin] ?? 0) + turnedIm
    outRe[bin + half] = (evenRe[bin] ?? 0) - turnedRe
    outIm[bin + half] = (evenIm[bin] ?? 0) - turnedIm
  }
  return [outRe, outIm]
}

const cosines = Float64Array.from({ length: windowSamples }, (_, index) =>
  Math.cos((2 * Math.PI * index) / windowSamples),
)
const sines = Float64Array.from({ length: windowSamples }, (_, index) =>
  Math.sin((2 * Math.PI * index) / windowSamples),
)
