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

  // Invariant: the next output is the coefficients of `phase` times the `taps` samples from history[start].
  let filled = 0
  let start = 0
  let phase = 0
  let taken = 0
  let given = 0

  function reset(): void {
    // Silence before the stream: output 0 needs the half - 1 samples before input sample 0.
    history.fill(0, 0, half - 1)
    filled = half - 1
    start = 0
    phase = 0
    taken = 0
    given = 0
  }

  function available(inputLength: number): number {
    return Math.ceil((Math.max(0, taken + inputLength - half) * up) / down) - given
  }

  function advance(): void {
    phase += down
    while (phase >= up) {
      phase -= up
      start++
    }
  }

  // Invariant: an output is one sum in the order of the taps, whichever of the two functions makes it, so
  // that any chunking of a stream gives the same samples.
  function oneOutput(): number {
    const offset = phase * taps
    const first = start
    let sum = 0
    for (let i = 0; i < taps; i++) sum += (history[first + i] ?? 0) * (coefficients[offset + i] ?? 0)
    return sum
  }

  /** The next four outputs of this phase, which lie `up` apart; they share each coefficient. */
  function fourOutputs(output: Float32Array, at: number): void {
    const offset = phase * taps
    const first = start
    const second = first + down
    const third = second + down
    const fourth = third + down
    let sum1 = 0
    let sum2 = 0
    let sum3 = 0
    let sum4 = 0
    for (let i = 0; i < taps; i++) {
      const coefficient = coefficients[offset + i] ?? 0
      sum1 += (history[first + i] ?? 0) * coefficient
      sum2 += (history[second + i] ?? 0) * coefficient
      sum3 += (history[third + i] ?? 0) * coefficient
      sum4 += (history[fourth + i] ?? 0) * coefficient
    }
    output[at] = sum1
    output[at + up] = sum2
    output[at + 2 * up] = sum3
    output[at + 3 * up] = sum4
  }

  /** Takes a block and writes every output it completes from `at` on; gives the end of what it wrote. */
  function run(block: Float32Array, output: Float32Array, at: number): number {
    history.set(block, filled)
    filled += block.length
    const windows = filled - taps - start + 1
    const end = at + Math.max(0, Math.ceil((windows * up - phase) / down))
    let written = at
    // Each phase comes once in `up` outputs: four such periods are four outputs of each phase.
    for (; written + 4 * up <= end; written += 4 * up) {
      for (let i = 0; i < up; i++) {
        fourOutputs(output, written + i)
        advance()
      }
      start += 3 * down
    }
    for (; written < end; written++) {
      output[written] = oneOutput()
      advance()
    }
    const passed = Math.min(start, filled)
    history.copyWithin(0, passed, filled)
    filled -= passed
    start -= passed
    return end
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
