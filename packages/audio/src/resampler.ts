import type { Processor } from './processor.ts'
import { javascriptArithmetic } from './resampler/javascript.ts'
import { planFor } from './resampler/plan.ts'
import type { Profile } from './resampler/prototype.ts'
import { samplesFor, type SampleFormat, type SamplesOf } from './resampler/sample-format.ts'
import { createStream } from './resampler/stream.ts'
import { vectorMemory, webassemblyArithmetic } from './resampler/webassembly.ts'
import { instanceFor, type Engine } from './wasm/shared-instance.ts'

/** Rates in Hz, whole numbers from 1000 to 384,000; what the samples are in; floats by default. */
export interface ResamplerOptions<
  Input extends SampleFormat = SampleFormat,
  Output extends SampleFormat = SampleFormat,
> {
  readonly from: number
  readonly to: number
  readonly input?: Input
  readonly output?: Output
  /** `full` unless said otherwise. */
  readonly profile?: Profile
  /** `auto` unless said otherwise; every engine gives the same samples. */
  readonly engine?: Engine
}

/**
 * Changes the sample rate of a stream. Output sample 0 lies at the time of input sample 0, and n samples in
 * give exactly ceil(n * to / from) samples out once flushed, as long as the ratio is not nudged.
 */
export interface Resampler<In = Float32Array, Out = Float32Array> extends Processor<In, Out>, Disposable {
  /** How long an input sample waits for the samples after it that its output needs. */
  readonly delayMs: number
  /** Samples that the next `process` gives for a chunk of `inputLength` samples. */
  outputLength(inputLength: number): number
  /**
   * Like `process` without allocation: writes to the start of `output` and gives the number of samples
   * written. Throws `RangeError` when `output` is shorter than `outputLength(chunk.length)`.
   */
  processInto(chunk: In, output: Out): number
  /**
   * From the next output on, gives `ratio` times as many samples: what follows a clock that drifts. Nothing jumps. From 0.995
   * to 1.005; throws `RangeError` beyond. `reset` and `flush` end it.
   */
  nudge(ratio: number): void
}

const leastNudge = 0.995
const largestNudge = 1.005

/** Resampler between any two rates; the very chunks pass when rates and formats are the same. */
export function createResampler<
  Input extends SampleFormat = 'float32',
  Output extends SampleFormat = 'float32',
>(options: ResamplerOptions<Input, Output>): Resampler<SamplesOf[Input], SamplesOf[Output]> {
  const { from, to, profile = 'full', engine = 'auto', input = 'float32', output = 'float32' } = options
  for (const rate of [from, to]) {
    if (!Number.isInteger(rate) || rate < 1000 || rate > 384_000) {
      throw new RangeError(`A sample rate must be a whole number of Hz from 1000 to 384000, got ${rate}`)
    }
  }
  const plan = planFor(from, to, profile)
  const memory = instanceFor(engine, vectorMemory)
  const arithmetic = memory ? webassemblyArithmetic(plan, memory) : javascriptArithmetic(plan)
  const stream = createStream({ plan, arithmetic, input, output })
  type Out = SamplesOf[Output]
  // An array made for a format is of the format's type.
  const outputFor = (length: number): Out => samplesFor(output, length) as Out
  const isSame = from === to && input === output
  let mayPass = isSame
  let spare = outputFor(0)

  const given = (samples: Out): readonly Out[] => (samples.length === 0 ? [] : [samples])
  function reset(): void {
    stream.reset()
    mayPass = isSame
  }

  return {
    get delayMs() {
      return (stream.delaySamples * 1000) / from
    },
    outputLength: (inputLength) => stream.outputLength(inputLength),
    processInto(chunk, target) {
      const length = stream.outputLength(chunk.length)
      if (target.length < length) throw new RangeError(`output has ${target.length} samples, needs ${length}`)
      stream.feed(chunk, target)
      return length
    },
    process(chunk) {
      const length = stream.outputLength(chunk.length)
      if (mayPass) {
        // The stream goes along, in case it is nudged.
        if (spare.length < length) spare = outputFor(length)
        stream.feed(chunk, spare)
        // Formats are the same, so the types are.
        return given(chunk as unknown as Out)
      }
      const target = outputFor(length)
      stream.feed(chunk, target)
      return given(target)
    },
    flush() {
      const target = outputFor(stream.restLength)
      stream.finish(target)
      reset()
      return given(target)
    },
    nudge(ratio) {
      if (!(ratio >= leastNudge && ratio <= largestNudge)) {
        throw new RangeError(`${ratio} is more than a nudge`)
      }
      mayPass = false
      stream.nudge(ratio)
    },
    reset,
    [Symbol.dispose]: reset,
  }
}
