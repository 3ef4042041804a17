import { aLawTables, muLawTables, type LawTables } from './g711-tables.ts'
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
export const muLaw: CompandingLaw = companding(muLawTables)

/** A-law, `audio/pcma`: the rest of the world. */
export const aLaw: CompandingLaw = companding(aLawTables)

function companding(tables: () => LawTables): CompandingLaw {
  return {
    toInt16(codes, samples = new Int16Array(codes.length)) {
      expand(codes, tables().linear, samples)
      return samples
    },
    fromInt16(samples, bytes = new Uint8Array(samples.length)) {
      compress(samples, tables().codes, bytes)
      return bytes
    },
    toFloat32(codes) {
      const { linear } = tables()
      const samples = new Float32Array(codes.length)
      for (let i = 0; i < codes.length; i++) samples[i] = (linear[codes[i] ?? 0] ?? 0) / 32768
      return samples
    },
    fromFloat32(samples) {
      const { codes } = tables()
      const bytes = new Uint8Array(samples.length)
      for (let i = 0; i < samples.length; i++) bytes[i] = codes[sampleToInt16(samples[i] ?? 0) & 0xffff] ?? 0
      return bytes
    },
  }
}

function expand(codes: Uint8Array, linear: Int16Array, samples: Int16Array): void {
  // Asked for each time, the length would cost a third of the loop.
  const { length } = codes
  for (let i = 0; i < length; i++) samples[i] = linear[codes[i] ?? 0] ?? 0
}

function compress(samples: Int16Array, codes: Uint8Array, bytes: Uint8Array): void {
  const { length } = samples
  for (let i = 0; i < length; i++) bytes[i] = codes[(samples[i] ?? 0) & 0xffff] ?? 0
}
