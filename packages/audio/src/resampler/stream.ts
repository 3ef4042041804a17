import type { Arithmetic, Job } from './arithmetic.ts'
import type { Line, Plan } from './plan.ts'
import { codesOf, compress, decode, type SampleFormat, type Samples } from './sample-format.ts'

/** Where a stream is and what it keeps; the samples themselves are made by its arithmetic. */
export interface Stream {
  readonly delaySamples: number
  /** Samples ready after `inputLength` more. */
  outputLength(inputLength: number): number
  /** Takes a chunk and writes what it completes, `outputLength` samples, to the start of `output`. */
  feed(chunk: Samples, output: Samples): void
  /** Samples that `finish` writes. */
  readonly restLength: number
  finish(output: Samples): void
  nudge(ratio: number): void
  reset(): void
}

export interface StreamOptions {
  readonly plan: Plan
  readonly arithmetic: Arithmetic
  readonly input: SampleFormat
  readonly output: SampleFormat
}

export function createStream({ plan, arithmetic, input, output }: StreamOptions): Stream {
  const { up, down, taps, folded, block } = plan
  const half = taps / 2
  const isSame = up === down
  /** The samples from `base` on, of which `held` are there. */
  const history = new Float32Array(plan.history)
  let held = 0
  let base = 0
  let taken = 0
  /** Outputs given since the line began. */
  let given = 0
  let line = plan.line
  const job: Job = { taken: 0, base: 0, first: 0, count: 0, line, isExact: input !== 'float32' }

  /** The line, unless the outputs are made in periods or are the samples themselves. */
  function lineToFollow(): Line | undefined {
    return line === plan.line && (folded ?? isSame) ? undefined : line
  }

  function timeOf(index: number): number {
    return line.origin + (index * line.step) / line.per
  }

  /** Outputs from the beginning of the line whose time lies before sample `end`. */
  function outputsBefore(end: number): number {
    let count = Math.max(0, Math.ceil(((end - line.origin) * line.per) / line.step))
    // The rounding of the division must not decide.
    while (count > 0 && timeOf(count - 1) >= end) count--
    while (timeOf(count) < end) count++
    return count
  }

  /** All outputs that `samples` samples complete. */
  function completed(samples: number): number {
    if (lineToFollow()) return outputsBefore(samples - half)
    return folded ? Math.max(0, Math.floor((samples - folded.needs) / folded.down) + 1) * folded.up : samples
  }

  /** The first sample that output `index` needs. */
  function firstNeeded(index: number): number {
    return folded && !lineToFollow()
      ? Math.floor(index / folded.up) * folded.down - folded.before
      : Math.floor(timeOf(index)) - half + 1
  }

  function run(samples: Samples, format: SampleFormat, target: Samples, at: number, limit: number): number {
    const ready = completed(taken + samples.length)
    const end = Math.min(ready, limit)
    const count = end - given
    job.line = lineToFollow()
    const place = arithmetic.open(job.line)
    const memory = arithmetic.memory()
    memory.set(history, place)
    decode(samples, format, memory, place + held)
    held += samples.length
    if (count > 0) {
      job.taken = held
      job.base = base
      job.first = given
      job.count = count
      const from = arithmetic.make(job)
      const codes = codesOf(output)
      if (codes) compress(codes, memory, from, count, target, at)
      else arithmetic.take(from, count, target, at)
    }
    const drop = Math.max(0, Math.min(firstNeeded(ready) - base, held))
    held -= drop
    arithmetic.take(place + drop, held, history, 0)
    base += drop
    taken += samples.length
    given = end
    return at + count
  }

  function runAll(samples: Samples, format: SampleFormat, target: Samples, limit: number): void {
    let at = 0
    let i = 0
    do {
      // A view of a chunk that is short enough would be garbage.
      const part = samples.length > block ? samples.subarray(i, i + block) : samples
      at = run(part, format, target, at, limit)
      i += block
    } while (i < samples.length)
  }

  function reset(): void {
    line = plan.line
    taken = 0
    given = 0
    base = firstNeeded(0)
    held = -base
    history.fill(0)
  }

  reset()
  return {
    get delaySamples() {
      if (lineToFollow()) return half
      return folded ? folded.needs - 1 : 0
    },
    outputLength: (inputLength) => completed(taken + inputLength) - given,
    feed: (chunk, target) => runAll(chunk, input, target, Infinity),
    get restLength() {
      return outputsBefore(taken) - given
    },
    finish(target) {
      // The code of a companding law for silence is not exactly 0.
      runAll(new Float32Array(plan.history), 'float32', target, outputsBefore(taken))
    },
    nudge(ratio) {
      line = { origin: timeOf(given), step: down / ratio, per: up, rows: plan.anyTime }
      given = 0
    },
    reset,
  }
}
