import { aLaw, muLaw, type CompandingLaw } from '../g711.ts'

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

/** The law of a companded format. */
export function lawOf(format: SampleFormat): CompandingLaw | undefined {
  if (format === 'pcmu') return muLaw
  return format === 'pcma' ? aLaw : undefined
}
