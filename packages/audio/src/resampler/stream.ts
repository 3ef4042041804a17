import { blockSamples, historySamples, type Arithmetic, type Job, type Line } from './arithmetic.ts'
import type { Plan } from './plan.ts'
import { samplesFor, type SampleFormat, type Samples } from './sample-format.ts'

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
  const { up, down, taps, folded, windows } = plan
  const half = taps / 2
  const block = blockSamples(plan)
  const job: Job = {
    input,
    output,
    history: new Float32Array(historySamples(plan)),
    held: 0,
    base: 0,
    first: 0,
    count: 0,
    target: samplesFor(output, 0),
    at: 0,
    drop: 0,
    line: undefined,
  }
  const isSame = up === down
  const straight: Line | undefined =
    folded || windows || isSame ? undefined : { origin: 0, step: down, per: up }
  let taken = 0
  /** Outputs given, since the line began where there is one, and how many that were before it. */
  let given = 0
  let line = straight

  /** Outputs from the beginning of the line whose time lies before sample `end`. */
  function outputsBefore(end: number): number {
    if (!line) return Math.max(0, Math.ceil((end * up) / down))
    const { origin, step, per } = line
    let count = Math.max(0, Math.ceil(((end - origin) * per) / step))
    // The rounding of the division must not decide.
    while (count > 0 && origin + ((count - 1) * step) / per >= end) count--
    while (origin + (count * step) / per < end) count++
    return count
  }

  /** All outputs that `samples` samples complete. */
  function completed(samples: number): number {
    if (line) return outputsBefore(samples - half)
    if (!folded) return outputsBefore(isSame ? samples : samples - half)
    return Math.max(0, Math.floor((samples - folded.needs) / folded.down) + 1) * folded.up
  }

  /** The first sample that output `index` needs. */
  function firstNeeded(index: number): number {
    if (line) return Math.floor(line.origin + (index * line.step) / line.per) - half + 1
    return folded
      ? Math.floor(index / folded.up) * folded.down - folded.before
      : Math.floor((index * down) / up) - half + 1
  }

  function run(samples: Samples, target: Samples, at: number, limit: number): number {
    const end = Math.min(completed(taken + samples.length), limit)
    job.first = given
    job.count = end - given
    job.target = target
    job.at = at
    job.line = line
    job.drop = Math.max(0, Math.min(firstNeeded(end) - job.base, job.held + samples.length))
    arithmetic.run(job, samples)
    job.base += job.drop
    job.held += samples.length - job.drop
    taken += samples.length
    given = end
    return at + job.count
  }

  function runAll(samples: Samples, target: Samples, limit: number): void {
    if (samples.length <= block) {
      run(samples, target, 0, limit)
      return
    }
    let at = 0
    for (let i = 0; i < samples.length; i += block)
      at = run(samples.subarray(i, i + block), target, at, limit)
  }

  function reset(): void {
    line = straight
    taken = 0
    given = 0
    job.base = firstNeeded(0)
    job.held = -job.base
    job.history.fill(0)
  }

  reset()
  return {
    get delaySamples() {
      if (line || windows) return half
      return folded ? folded.needs - 1 : 0
    },
    outputLength: (inputLength) => completed(taken + inputLength) - given,
    feed: (chunk, target) => runAll(chunk, target, Infinity),
    get restLength() {
      return outputsBefore(taken) - given
    },
    finish(target) {
      // The code of a companding law for silence is not exactly 0.
      job.input = 'float32'
      runAll(new Float32Array(historySamples(plan)), target, outputsBefore(taken))
      job.input = input
    },
    nudge(ratio) {
      line = {
        origin: line ? line.origin + (given * line.step) / line.per : (given * down) / up,
        step: down / ratio,
        per: up,
      }
      given = 0
    },
    reset,
  }
}
