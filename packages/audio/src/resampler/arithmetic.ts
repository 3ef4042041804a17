import type { Plan } from './plan.ts'
import type { SampleFormat, Samples } from './sample-format.ts'

/** Where outputs lie once the ratio was nudged: output i, from `first` on, at sample `origin + (i * step) / per`. */
export interface Line {
  readonly origin: number
  readonly step: number
  readonly per: number
}

/** What a stream asks of the arithmetic. One object a stream, filled anew for each block. */
export interface Job {
  input: SampleFormat
  readonly output: SampleFormat
  /** The samples from `base` on, of which `held` are there. */
  readonly history: Float32Array
  held: number
  /** Place in the stream of the first sample of the history. */
  base: number
  /** Place of the first output to make, counted from where the line begins when there is one. */
  first: number
  /** Outputs to make, into `target` from `at` on. */
  count: number
  target: Samples
  at: number
  /** Samples of history and block to forget afterwards. */
  drop: number
  line: Line | undefined
}

/** Makes the outputs of a plan. Each implementation gives the same samples: all sums are of 32-bit floats in one order. */
export interface Arithmetic {
  /** Takes `block`, at most `blockSamples` long, after the history, and moves the history on. */
  run(job: Job, block: Samples): void
}

/** Most input samples of one run: bounds the memory whatever the chunks are, and the outputs of a run to about as many. */
export function blockSamples(plan: Plan): number {
  return Math.max(64, Math.floor(1024 * Math.min(1, plan.down / plan.up)))
}

/** Samples that a stream has to keep at most between two runs, or that it needs after its end. */
export function historySamples(plan: Plan): number {
  const { folded, taps } = plan
  return Math.max(taps, folded ? folded.before + folded.down + folded.needs : 0) + 8
}

/** Most outputs of one run. */
export function blockOutputs(plan: Plan): number {
  const { up, down, folded } = plan
  // A nudge adds to them, and what a period held back comes at once.
  return Math.ceil((blockSamples(plan) * up * 1.01) / down) + (folded ? 3 * folded.up : 0) + 8
}
