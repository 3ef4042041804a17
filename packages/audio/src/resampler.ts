import type { Processor } from './processor.ts'
import { resamplerFilter } from './resampler-filter.ts'

/** Rates in Hz, whole numbers from 1000 to 384,000. */
export interface ResamplerOptions {
  readonly from: number
  readonly to: number
}

/**
 * Changes the sample rate of a stream. Output sample 0 lies at the time of input sample 0, and n samples in
 * give exactly ceil(n * to / from) samples out once flushed.
 */
export interface Resampler extends Processor<Float32Array, Float32Array> {
  /** How long an input sample waits for the samples after it that its output needs. */
  readonly delayMs: number
  /** Samples that the next `process` gives for a chunk of `inputLength` samples. */
  outputLength(inputLength: number): number
  /**
   * Like `process` without allocation: writes to the start of `output` and gives the number of samples
   * written. Throws `RangeError` when `output` is shorter than `outputLength(chunk.length)`.
   */
  processInto(chunk: Float32Array, output: Float32Array): number
}

/** Input samples taken in one go; bounds the memory of a stream whatever the chunks are. */
const blockSamples = 2048

/** Resampler between any two rates; the very chunks pass when the rates are the same. */
export function createResampler(options: ResamplerOptions): Resampler {
  const { from, to } = options
  for (const rate of [from, to]) {
    if (!Number.isInteger(rate) || rate < 1000 || rate > 384_000) {
      throw new RangeError(`A sample rate must be a whole number of Hz from 1000 to 384000, got ${rate}`)
    }
  }
  return from === to ? createIdentity() : createPolyphase(from, to)
}

function createIdentity(): Resampler {
  return {
    delayMs: 0,
    outputLength: (inputLength) => inputLength,
    processInto(chunk, output) {
      output.set(chunk)
      return chunk.length
    },
    process: (chunk) => (chunk.length === 0 ? [] : [chunk]),
    flush: () => [],
    reset() {},
  }
}

function createPolyphase(from: number, to: number): Resampler {
  const { up, down, taps, coefficients } = resamplerFilter(from, to)
  const half = taps / 2
  const history = new Float64Array(taps + blockSamples)
  const zeros = new Float32Array(half)

  // Invariant: history[0] is the first input sample that the next output needs, or lies before it by `skip`.
  let filled = 0
  let skip = 0
  let phase = 0
  let taken = 0
  let given = 0

  function reset(): void {
    // Silence before the stream: output 0 needs the half - 1 samples before input sample 0.
    history.fill(0, 0, half - 1)
    filled = half - 1
    skip = 0
    phase = 0
    taken = 0
    given = 0
  }

  function available(inputLength: number): number {
    return Math.ceil((Math.max(0, taken + inputLength - half) * up) / down) - given
  }

  function run(block: Float32Array, output: Float32Array, at: number): number {
    history.set(block, filled)
    filled += block.length
    let start = skip
    let written = at
    // The one summation order for every output makes any chunking give the same samples.
    for (; start + taps <= filled; written++) {
      output[written] = dot(history, start, coefficients, phase * taps, taps)
      phase += down
      while (phase >= up) {
        phase -= up
        start++
      }
    }
    const kept = Math.min(start, filled)
    history.copyWithin(0, kept, filled)
    filled -= kept
    skip = start - kept
    return written
  }

  function feed(chunk: Float32Array, output: Float32Array): void {
    if (chunk.length <= blockSamples) {
      run(chunk, output, 0)
      return
    }
    let written = 0
    for (let i = 0; i < chunk.length; i += blockSamples) {
      written = run(chunk.subarray(i, i + blockSamples), output, written)
    }
  }

  reset()
  return {
    delayMs: (half * 1000) / from,
    outputLength: available,
    processInto(chunk, output) {
      const length = available(chunk.length)
      if (output.length < length) throw new RangeError(`output has ${output.length} samples, needs ${length}`)
      feed(chunk, output)
      taken += chunk.length
      given += length
      return length
    },
    process(chunk) {
      const output = new Float32Array(available(chunk.length))
      feed(chunk, output)
      taken += chunk.length
      given += output.length
      return output.length === 0 ? [] : [output]
    },
    flush() {
      const output = new Float32Array(Math.ceil((taken * up) / down) - given)
      feed(zeros, output)
      reset()
      return output.length === 0 ? [] : [output]
    },
    reset,
  }
}

function dot(
  samples: Float64Array,
  start: number,
  coefficients: Float64Array,
  offset: number,
  taps: number,
): number {
  let a = 0
  let b = 0
  let c = 0
  let d = 0
  for (let i = 0; i < taps; i += 4) {
    a += (samples[start + i] ?? 0) * (coefficients[offset + i] ?? 0)
    b += (samples[start + i + 1] ?? 0) * (coefficients[offset + i + 1] ?? 0)
    c += (samples[start + i + 2] ?? 0) * (coefficients[offset + i + 2] ?? 0)
    d += (samples[start + i + 3] ?? 0) * (coefficients[offset + i + 3] ?? 0)
  }
  return a + b + (c + d)
}
