import { createComfortNoise } from './comfort-noise.ts'
import type { EchoLayout } from './echo-layout.ts'
import type { FilteredFrame } from './adaptive-filter.ts'
import { createLeakage } from './leakage.ts'
import type { SpectralKernels } from './spectral-kernels.ts'

/** Takes out what the adaptive filter has left of the echo. */
export interface ResidualSuppressor {
  /** Takes the filtered frame, and writes the frame before it without echo. */
  process(frame: FilteredFrame, output: Float64Array): void
  reset(): void
}

/** The leaked echo counts this many times; the spread of its power over the bins of a band makes up for the rest. */
const overestimate = 0.8
/** Share of the previous frame in the estimate of near end over echo (decision-directed, Ephraim and Malah 1984). */
const priorKeep = 0.8
/** The echo estimate's power is taken to fall by no more than this a frame, for the part of the room the filter misses. */
const reverberation = 0.75
/** What passes while only echo is heard, and what passes at least. */
const echoOnlyGain = 0.03
const leastGain = 0.003
/** Power over expected echo at which nobody, and at which surely somebody, talks near the microphone. */
const absentRatio = 1.5
const presentRatio = 6
const presenceKeep = 0.92
/** Bins under 300 Hz say little about who talks. */
const firstPresenceBin = 6

/**
 * Wiener gains a bin over overlapping windows of two frames: the expected rest of the echo is what leaks past the filter
 * a band, and what the filter itself expects to miss. Noise of the room's level fills what is taken out.
 */
export function createResidualSuppressor(
  kernels: SpectralKernels,
  options: { readonly layout: EchoLayout; readonly comfortNoise: boolean },
): ResidualSuppressor {
  const { frameSamples: n, bins, samples, spectrum } = options.layout
  const window = Float64Array.from({ length: 2 * n }, (_, i) => Math.sin((Math.PI * (i + 0.5)) / (2 * n)))
  const errors = new Float64Array(2 * n)
  const echoes = new Float64Array(2 * n)
  const overlap = new Float64Array(n)
  const errorPower = new Float64Array(bins)
  const echoPower = new Float64Array(bins)
  const residual = new Float64Array(bins)
  const gains = new Float64Array(bins)
  const ratios = new Float64Array(bins)
  const leakage = createLeakage(bins)
  const noise = createComfortNoise(bins, n)
  let presence = 0

  function transform(history: Float64Array, frame: Float64Array): void {
    history.copyWithin(0, n)
    history.set(frame, n)
    const cells = kernels.cells()
    for (let i = 0; i < 2 * n; i++) cells[samples + i] = (history[i] ?? 0) * (window[i] ?? 0)
    kernels.forward(samples, spectrum)
  }

  function powerOf(k: number): number {
    const cells = kernels.cells()
    return (cells[spectrum + 2 * k] ?? 0) ** 2 + (cells[spectrum + 2 * k + 1] ?? 0) ** 2
  }

  /** Expected rest of the echo a bin, and from it who talks. */
  function expect(doubt: Float64Array): void {
    leakage.update(errorPower, echoPower, noise.power)
    let heard = 0
    let expected = 0
    for (let k = 0; k < bins; k++) {
      const rest = overestimate * leakage.at(k) * (echoPower[k] ?? 0) + (doubt[k] ?? 0)
      residual[k] = rest
      if (k < firstPresenceBin) continue
      heard += Math.max(errorPower[k] ?? 0, noise.power[k] ?? 0)
      expected += rest
    }
    const ratio = heard / (expected + 1e-12)
    const now = Math.min(1, Math.max(0, (ratio - absentRatio) / (presentRatio - absentRatio)))
    presence = now > presence ? now : presenceKeep * presence + (1 - presenceKeep) * now
  }

  function apply(): void {
    const cells = kernels.cells()
    const allowed = presence + (1 - presence) * echoOnlyGain
    for (let k = 0; k < bins; k++) {
      const rest = (residual[k] ?? 0) + 1e-15
      const ratio = Math.min(1e6, (errorPower[k] ?? 0) / rest)
      const decided =
        priorKeep * (gains[k] ?? 0) ** 2 * (ratios[k] ?? 0) + (1 - priorKeep) * Math.max(0, ratio - 1)
      // The room's noise is always there, and no echo.
      const prior = Math.max(decided, (noise.power[k] ?? 0) / rest)
      const wiener = prior / (1 + prior)
      gains[k] = wiener
      ratios[k] = ratio
      const gain = Math.max(leastGain, wiener * allowed)
      const fill = options.comfortNoise ? noise.amplitude(k) * Math.sqrt(1 - gain * gain) : 0
      const at = spectrum + 2 * k
      cells[at] = gain * (cells[at] ?? 0) + fill * noise.next()
      cells[at + 1] = k === 0 || k === n ? 0 : gain * (cells[at + 1] ?? 0) + fill * noise.next()
    }
  }

  function reset(): void {
    for (const values of [errors, echoes, overlap, echoPower, ratios]) values.fill(0)
    gains.fill(1)
    leakage.reset()
    noise.reset()
    presence = 0
  }

  reset()
  return {
    process({ error, echo, doubt }, output) {
      transform(echoes, echo)
      for (let k = 0; k < bins; k++) echoPower[k] = Math.max(powerOf(k), reverberation * (echoPower[k] ?? 0))
      transform(errors, error)
      for (let k = 0; k < bins; k++) errorPower[k] = powerOf(k)
      noise.update(errorPower)
      expect(doubt)
      apply()
      kernels.inverse(spectrum, samples)
      const cells = kernels.cells()
      for (let i = 0; i < n; i++) {
        output[i] = (overlap[i] ?? 0) + (cells[samples + i] ?? 0) * (window[i] ?? 0)
        overlap[i] = (cells[samples + n + i] ?? 0) * (window[n + i] ?? 0)
      }
    },
    reset,
  }
}
