import { createFourier } from './fourier.ts'

/** Energies of two signals in bands of about equal width on the mel scale; one transform does for both. */
export interface BandEnergies {
  readonly bands: number
  /** Takes the next 10 ms of each and writes the energies of the last 20 ms. */
  process(frames: Pair<Float32Array>, energies: Pair<Float64Array>): void
  reset(): void
}

type Pair<Value> = readonly [Value, Value]

const size = 512
const lowest = 80
const bandCount = 22

/**
 * Creates an analysis of consecutive frames of 10 ms into 22 bands from 80 Hz to the top of the telephone band at
 * 8 kHz, or to 7 kHz. Throws `RangeError` for a rate other than 8, 16 or 24 kHz.
 */
export function createBandEnergies(sampleRate: number): BandEnergies {
  const frameSamples = sampleRate / 100
  const windowSamples = 2 * frameSamples
  if (!Number.isInteger(frameSamples) || windowSamples > size)
    throw new RangeError(`band energies need 8, 16 or 24 kHz, got ${sampleRate}`)
  const window = Float64Array.from(
    { length: windowSamples },
    (_, n) => 0.5 - 0.5 * Math.cos((2 * Math.PI * (n + 0.5)) / windowSamples),
  )
  const edges = bandEdges(Math.min(7000, sampleRate * 0.475)).map((hertz) =>
    Math.round((hertz * size) / sampleRate),
  )
  const histories = [new Float64Array(windowSamples), new Float64Array(windowSamples)] as const
  const fourier = createFourier(size)
  const re = new Float64Array(size)
  const im = new Float64Array(size)

  function take(frame: Float32Array, history: Float64Array, target: Float64Array): void {
    history.copyWithin(0, frameSamples)
    for (let n = 0; n < frameSamples; n += 1) {
      const sample = frame[n] ?? 0
      history[frameSamples + n] = Number.isFinite(sample) ? sample : 0
    }
    target.fill(0)
    for (let n = 0; n < windowSamples; n += 1) target[n] = (history[n] ?? 0) * (window[n] ?? 0)
  }

  return {
    bands: bandCount,
    process([first, second], [firstEnergies, secondEnergies]) {
      take(first, histories[0], re)
      take(second, histories[1], im)
      fourier(re, im)
      for (let band = 0; band < bandCount; band += 1) {
        const from = edges[band] ?? 0
        const to = Math.max(from + 1, edges[band + 1] ?? 0)
        let firstEnergy = 0
        let secondEnergy = 0
        for (let bin = from; bin < to; bin += 1) {
          // What is symmetric in the transform is of the first signal, the rest of the second.
          const a = re[bin] ?? 0
          const b = re[size - bin] ?? 0
          const c = im[bin] ?? 0
          const d = im[size - bin] ?? 0
          firstEnergy += ((a + b) / 2) ** 2 + ((c - d) / 2) ** 2
          secondEnergy += ((c + d) / 2) ** 2 + ((a - b) / 2) ** 2
        }
        firstEnergies[band] = firstEnergy / (to - from)
        secondEnergies[band] = secondEnergy / (to - from)
      }
    },
    reset() {
      for (const history of histories) history.fill(0)
    },
  }
}

function bandEdges(highest: number): readonly number[] {
  const mel = (hertz: number): number => Math.log(1 + hertz / 700)
  const step = (mel(highest) - mel(lowest)) / bandCount
  return Array.from({ length: bandCount + 1 }, (_, edge) => 700 * (Math.exp(mel(lowest) + edge * step) - 1))
}
