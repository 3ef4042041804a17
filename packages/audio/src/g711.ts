import { aLawCodes, aLawLinear, muLawCodes, muLawLinear } from './g711-tables.ts'
import { sampleToInt16 } from './sample-to-int16.ts'

/** One companding law of ITU-T G.711: 8 bits a sample at 8 kHz. The results go to the second array when one is given. */
export interface CompandingLaw {
  /** Codes to linear 16-bit samples. */
  toInt16(codes: Uint8Array, samples?: Int16Array<ArrayBuffer>): Int16Array<ArrayBuffer>
  /** Linear 16-bit samples to codes. */
  fromInt16(samples: Int16Array, codes?: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer>
  /** Codes to samples in [-1, 1]. */
  toFloat32(codes: Uint8Array): Float32Array<ArrayBuffer>
  /** Samples to codes; out of range is clamped, NaN is 0. */
  fromFloat32(samples: Float32Array): Uint8Array<ArrayBuffer>
}

/** Mu-law, `audio/pcmu`: North America and Japan. */
export const muLaw: CompandingLaw = {
  toInt16: (codes, samples = new Int16Array(codes.length)) => expand(codes, muLawLinear(), samples),
  fromInt16: (samples, codes = new Uint8Array(samples.length)) => compress(samples, muLawCodes(), codes),
  toFloat32: (codes) => expandToFloats(codes, muLawLinear()),
  fromFloat32: (samples) => compressFloats(samples, muLawCodes()),
}

/** A-law, `audio/pcma`: the rest of the world. */
export const aLaw: CompandingLaw = {
  toInt16: (codes, samples = new Int16Array(codes.length)) => expand(codes, aLawLinear(), samples),
  fromInt16: (samples, codes = new Uint8Array(samples.length)) => compress(samples, aLawCodes(), codes),
  toFloat32: (codes) => expandToFloats(codes, aLawLinear()),
  fromFloat32: (samples) => compressFloats(samples, aLawCodes()),
}

function expand(
  codes: Uint8Array,
  linear: Int16Array,
  samples: Int16Array<ArrayBuffer>,
): Int16Array<ArrayBuffer> {
  // Asked for each time, the length would cost a third of the loop.
  const { length } = codes
  for (let i = 0; i < length; i++) samples[i] = linear[codes[i] ?? 0] ?? 0
  return samples
}

function compress(
  samples: Int16Array,
  codes: Uint8Array,
  bytes: Uint8Array<ArrayBuffer>,
): Uint8Array<ArrayBuffer> {
  const { length } = samples
  for (let i = 0; i < length; i++) bytes[i] = codes[(samples[i] ?? 0) & 0xffff] ?? 0
  return bytes
}

function expandToFloats(codes: Uint8Array, linear: Int16Array): Float32Array<ArrayBuffer> {
  const samples = new Float32Array(codes.length)
  for (let i = 0; i < samples.length; i++) samples[i] = (linear[codes[i] ?? 0] ?? 0) / 32768
  return samples
}

function compressFloats(samples: Float32Array, codes: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(samples.length)
  for (let i = 0; i < bytes.length; i++) bytes[i] = codes[sampleToInt16(samples[i] ?? 0) & 0xffff] ?? 0
  return bytes
}
