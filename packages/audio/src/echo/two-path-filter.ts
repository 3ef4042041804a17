import { createAdaptiveFilter, quickTemper, steadyTemper, type FilteredFrame } from './adaptive-filter.ts'
import type { EchoLayout } from './echo-layout.ts'
import type { SpectralKernels } from './spectral-kernels.ts'

/** Two adaptive filters for one path. */
export interface TwoPathFilter {
  process(near: Float64Array, row: number): FilteredFrame
  shift(frames: number): void
  reset(): void
}

/** Share of the correlations kept from frame to frame when the filters are mixed. */
const mixKeep = 0.9
/** Frames in a row in which one filter is all of the mix before the other takes over what it learnt. */
const framesToSteady = 20
const framesToQuick = 50
/** Mean square by which the filters differ before they are compared. */
const silentDifference = 1e-9

/**
 * A steady and a quick filter side by side. The output is the mix with the least error, and the filter that has been
 * better for long hands over what it has learnt: the quick one after the path has changed, the steady one after double
 * talk has led the quick one astray.
 */
export function createTwoPathFilter(kernels: SpectralKernels, layout: EchoLayout): TwoPathFilter {
  const steady = createAdaptiveFilter(kernels, { layout, cells: layout.steady, temper: steadyTemper })
  const quick = createAdaptiveFilter(kernels, { layout, cells: layout.quick, temper: quickTemper })
  const n = layout.frameSamples
  let crossed = 0
  let difference = 0
  let share = 0
  let quickFrames = 0
  let steadyFrames = 0

  function handOver(compared: boolean): void {
    if (!compared) return
    quickFrames = share > 0.9 ? quickFrames + 1 : 0
    steadyFrames = share < 0.1 ? steadyFrames + 1 : 0
    if (quickFrames >= framesToSteady) {
      steady.adopt(layout.quick)
      quickFrames = 0
    }
    if (steadyFrames >= framesToQuick) {
      quick.adopt(layout.steady)
      steadyFrames = 0
    }
  }

  /** Turns the steady frame into the mix. */
  function mix(frame: FilteredFrame, other: FilteredFrame): void {
    let product = 0
    let power = 0
    for (let i = 0; i < n; i++) {
      const apart = (other.error[i] ?? 0) - (frame.error[i] ?? 0)
      product -= apart * (frame.error[i] ?? 0)
      power += apart * apart
    }
    crossed = mixKeep * crossed + (1 - mixKeep) * product
    difference = mixKeep * difference + (1 - mixKeep) * power
    const before = share
    share = Math.min(1, Math.max(0, crossed / (difference + 1e-12)))
    for (let i = 0; i < n; i++) {
      const weight = before + ((share - before) * (i + 1)) / n
      frame.error[i] = (frame.error[i] ?? 0) * (1 - weight) + (other.error[i] ?? 0) * weight
      frame.echo[i] = (frame.echo[i] ?? 0) * (1 - weight) + (other.echo[i] ?? 0) * weight
    }
    for (let k = 0; k < layout.bins; k++) {
      frame.doubt[k] = (frame.doubt[k] ?? 0) * (1 - share) + (other.doubt[k] ?? 0) * share
    }
    handOver(power > silentDifference * n)
  }

  return {
    process(near, row) {
      const frame = steady.process(near, row)
      mix(frame, quick.process(near, row))
      return frame
    },
    shift(frames) {
      steady.shift(frames)
      quick.shift(frames)
    },
    reset() {
      steady.reset()
      quick.reset()
      crossed = 0
      difference = 0
      share = 0
      quickFrames = 0
      steadyFrames = 0
    },
  }
}
