import type { Line } from './plan.ts'
import type { Samples } from './sample-format.ts'

/** What to make. One object a stream, filled anew for each run. */
export interface Job {
  /** Samples there, history and block. */
  taken: number
  /** Place in the stream of the first of them. */
  base: number
  /** Place of the first output to make, counted from where the line begins. */
  first: number
  /** Outputs to make. */
  count: number
  /** Undefined where the outputs lie as in the folded table. */
  line: Line | undefined
  /** Sums of two samples need no rounding: they came as integers of 16 bits at most. */
  readonly isExact: boolean
}

/**
 * Makes the outputs of a plan. Each implementation gives the same samples: all sums are of 32-bit floats in one order. The
 * memory is for the run at hand and shared by all streams.
 */
export interface Arithmetic {
  /** Makes room for a run along `line` and gives the index in the memory where its samples are to be put. */
  open(line: Line | undefined): number
  /** The memory, until the next `open`. */
  memory(): Float32Array | Float64Array
  /** Makes the outputs from the samples and gives the index of the first. */
  make(job: Job): number
  /** Copies `count` floats of the memory from `place` on into `target` from `at` on, which may be of 16-bit integers. */
  take(place: number, count: number, target: Samples, at: number): void
}
