import { aLawCodes, aLawLinear, muLawCodes, muLawLinear } from '../g711-tables.ts'
import { sampleToInt16 } from '../sample-to-int16.ts'

/** How samples are held: floats in [-1, 1), 16-bit integers, or codes of G.711, mu-law and A-law. */
export type SampleFormat = 'float32' | 'int16' | 'pcmu' | 'pcma'

/** The array that holds samples of a format. */
export interface SamplesOf {
  readonly float32: Float32Array
  readonly int16: Int16Array
  readonly pcmu: Uint8Array
  readonly pcma: Uint8Array
}

/** Samples of any format. */
export type Samples = Float32Array | Int16Array | Uint8Array

/** An array of its own for `length` samples. */
export function samplesFor(format: SampleFormat, length: number): Samples {
  if (format === 'float32') return new Float32Array(length)
  return format === 'int16' ? new Int16Array(length) : new Uint8Array(length)
}

/** Writes samples as floats into `memory` from `at` on. */
export function decode(
  samples: Samples,
  format: SampleFormat,
  memory: Float32Array | Float64Array,
  at: number,
): void {
  if (format === 'float32') {
    memory.set(samples, at)
    return
  }
  const linear = linearOf(format)
  for (let i = 0; i < samples.length; i++) {
    const sample = samples[i] ?? 0
    memory[at + i] = (linear ? (linear[sample] ?? 0) : sample) / 32768
  }
}

/** Writes `count` floats of `memory` from `place` on as codes into `samples` from `at` on. */
export function compress(
  codes: Uint8Array,
  memory: Float32Array | Float64Array,
  place: number,
  count: number,
  samples: Samples,
  at: number,
): void {
  for (let i = 0; i < count; i++) samples[at + i] = codes[sampleToInt16(memory[place + i] ?? 0) & 0xffff] ?? 0
}

/** The code of each 16-bit sample in a companded format. */
export function codesOf(format: SampleFormat): Uint8Array | undefined {
  if (format === 'pcmu') return muLawCodes()
  return format === 'pcma' ? aLawCodes() : undefined
}

function linearOf(format: SampleFormat): Int16Array | undefined {
  if (format === 'pcmu') return muLawLinear()
  return format === 'pcma' ? aLawLinear() : undefined
}
