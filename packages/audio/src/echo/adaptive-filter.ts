import type { EchoLayout, FilterCells } from './echo-layout.ts'
import type { SpectralKernels } from './spectral-kernels.ts'

/** How a filter learns. */
interface Temper {
  /** See `AdaptStep.persistence`. */
  readonly persistence: number
  /** Share of the error's power kept from frame to frame when the disturbance is estimated. */
  readonly disturbanceKeep: number
  /** The disturbance counts this many times. */
  readonly caution: number
  /** How often it learns from each frame. */
  readonly passes: number
}

/** Trusts what it has learnt: stable while both sides talk. */
export const steadyTemper: Temper = { persistence: 0.99995, disturbanceKeep: 0.7, caution: 1, passes: 1 }

/** Expects the path to move: follows a change within a second, and is led astray by double talk. */
export const quickTemper: Temper = { persistence: 0.996, disturbanceKeep: 0.9, caution: 0.5, passes: 2 }

/** Power of an echo path's first partition before anything is known, and how it falls from one to the next. */
const firstVariance = 0.7
const varianceDecay = 0.88

/** Partitions made causal again in each pass, in turn. */
const constrainedPartitions = 6

/** What cannot be told from silence: power of a bin at -100 dBFS or so. */
const silentPower = 1e-9

/** A frame as an adaptive filter sees it; all arrays belong to the filter and hold until the next frame. */
export interface FilteredFrame {
  /** What the filter takes for echo. */
  readonly echo: Float64Array
  /** The microphone without it. */
  readonly error: Float64Array
  /** Power of the echo that the filter expects to have missed, a bin. */
  readonly doubt: Float64Array
}

/** Adaptive filter for the path from loudspeaker to microphone. */
export interface AdaptiveFilter {
  /** Filters and learns from one frame; `row` is that of the newest spectrum the path may hold. */
  process(near: Float64Array, row: number): FilteredFrame
  /** Moves what was learnt by `frames` partitions: the path is now read that much later. */
  shift(frames: number): void
  /** Takes over what another filter has learnt. */
  adopt(other: FilterCells): void
  reset(): void
}

/**
 * Partitioned-block Kalman filter in the frequency domain (Enzner and Vary 2006; Kuech and others 2014): each weight has
 * a variance, so the step size of each bin falls by itself as it converges and while somebody talks near the microphone.
 */
export function createAdaptiveFilter(
  kernels: SpectralKernels,
  options: { readonly layout: EchoLayout; readonly cells: FilterCells; readonly temper: Temper },
): AdaptiveFilter {
  const { layout, cells: own, temper } = options
  const { frameSamples: n, bins, partitions, far: ring, samples, spectrum, gain, certainty } = layout
  const width = 2 * bins
  const disturbance = new Float64Array(bins)
  const frame = { echo: new Float64Array(n), error: new Float64Array(n), doubt: new Float64Array(bins) }
  const again = { echo: new Float64Array(n), error: new Float64Array(n) }
  let constrained = 0

  function forget(partition: number): void {
    const cells = kernels.cells()
    const variance = own.variance + partition * bins
    cells.fill(0, own.weights + partition * width, own.weights + (partition + 1) * width)
    cells.fill(firstVariance * varianceDecay ** partition, variance, variance + bins)
  }

  /** Makes a partition ready to learn what its new place may hold. */
  function doubtPartition(partition: number): void {
    const cells = kernels.cells()
    const prior = firstVariance * varianceDecay ** partition
    for (let k = 0, at = own.variance + partition * bins; k < bins; k++) {
      cells[at + k] = Math.max(cells[at + k] ?? 0, prior)
    }
  }

  function reset(): void {
    for (let p = 0; p < partitions; p++) forget(p)
    disturbance.fill(0)
    constrained = 0
  }

  /** Leaves echo and error in `result`, and the error's spectrum in the cells. */
  function cancel(near: Float64Array, row: number, result: Pick<FilteredFrame, 'echo' | 'error'>): void {
    kernels.filter({ ring, row, weights: own.weights }, spectrum)
    kernels.inverse(spectrum, samples)
    const cells = kernels.cells()
    for (let i = 0; i < n; i++) {
      const echo = cells[samples + n + i] ?? 0
      const error = (near[i] ?? 0) - echo
      result.echo[i] = echo
      result.error[i] = error
      cells[samples + i] = 0
      cells[samples + n + i] = error
    }
    kernels.forward(samples, spectrum)
  }

  /** Follows the power of what is not echo, from the spectrum in the cells. */
  function followDisturbance(): void {
    const cells = kernels.cells()
    const keep = temper.disturbanceKeep
    for (let k = 0; k < bins; k++) {
      const re = cells[spectrum + 2 * k] ?? 0
      const im = cells[spectrum + 2 * k + 1] ?? 0
      disturbance[k] = keep * (disturbance[k] ?? 0) + (1 - keep) * (re * re + im * im)
    }
  }

  function learn(row: number, persistence: number): void {
    kernels.expectedPower({ ring, row, variance: own.variance }, certainty)
    const cells = kernels.cells()
    for (let k = 0; k < bins; k++) {
      // The error fills half of the transform, so half of the missed power shows in it.
      const missed = 0.5 * (cells[certainty + k] ?? 0)
      const certain = 1 / (missed + temper.caution * (disturbance[k] ?? 0) + silentPower)
      frame.doubt[k] = missed
      cells[certainty + k] = certain
      cells[gain + 2 * k] = (cells[spectrum + 2 * k] ?? 0) * certain
      cells[gain + 2 * k + 1] = (cells[spectrum + 2 * k + 1] ?? 0) * certain
    }
    kernels.adapt({ ring, row, ...own, gain, certainty, persistence })
    for (let i = 0; i < Math.min(partitions, constrainedPartitions); i++) {
      kernels.constrain(own.weights, constrained)
      constrained = (constrained + 1) % partitions
    }
  }

  reset()
  return {
    process(near, row) {
      cancel(near, row, frame)
      followDisturbance()
      learn(row, temper.persistence)
      for (let pass = 1; pass < temper.passes; pass++) {
        cancel(near, row, again)
        learn(row, 1)
      }
      return frame
    },
    shift(frames) {
      const cells = kernels.cells()
      const kept = Math.max(0, partitions - Math.abs(frames))
      const from = Math.max(0, frames)
      const to = Math.max(0, -frames)
      for (const [at, size] of [
        [own.weights, width],
        [own.variance, bins],
      ] as const) {
        cells.copyWithin(at + to * size, at + from * size, at + (from + kept) * size)
      }
      for (let p = 0; p < partitions; p++) {
        if (p < to || p >= to + kept) forget(p)
        else doubtPartition(p)
      }
    },
    adopt(other) {
      const cells = kernels.cells()
      cells.copyWithin(own.weights, other.weights, other.weights + partitions * width)
      cells.copyWithin(own.variance, other.variance, other.variance + partitions * bins)
    },
    reset,
  }
}
