import { sampleToInt16 } from './sample-to-int16.ts'

/** One companding law of ITU-T G.711: 8 bits a sample at 8 kHz. The results go to the second array when one is given. */
export interface CompandingLaw {
  /** The 16-bit sample of each of the 256 codes. */
  linear(): Int16Array
  /** The code of each 16-bit sample, taken without its sign: 65,536 bytes. */
  codes(): Uint8Array
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
export const muLaw: CompandingLaw = companding(expandMuLaw, compressMuLaw)

/** A-law, `audio/pcma`: the rest of the world. */
export const aLaw: CompandingLaw = companding(expandALaw, compressALaw)

function companding(expand: (code: number) => number, compress: (sample: number) => number): CompandingLaw {
  // Built on first use: a page that never meets G.711 does not pay for 64 Ki entries.
  let tables: { readonly linear: Int16Array; readonly codes: Uint8Array } | undefined
  const build = () =>
    (tables ??= {
      linear: Int16Array.from({ length: 256 }, (_, code) => expand(code)),
      codes: Uint8Array.from({ length: 65536 }, (_, index) => compress((index << 16) >> 16)),
    })
  return {
    linear: () => build().linear,
    codes: () => build().codes,
    toInt16(codes, samples = new Int16Array(codes.length)) {
      const { linear } = build()
      for (let i = 0; i < codes.length; i++) samples[i] = linear[codes[i] ?? 0] ?? 0
      return samples
    },
    fromInt16(samples, bytes = new Uint8Array(samples.length)) {
      const { codes } = build()
      for (let i = 0; i < samples.length; i++) bytes[i] = codes[(samples[i] ?? 0) & 0xffff] ?? 0
      return bytes
    },
    toFloat32(codes) {
      const { linear } = build()
      const samples = new Float32Array(codes.length)
      for (let i = 0; i < codes.length; i++) samples[i] = (linear[codes[i] ?? 0] ?? 0) / 32768
      return samples
    },
    fromFloat32(samples) {
      const { codes } = build()
      const bytes = new Uint8Array(samples.length)
      for (let i = 0; i < samples.length; i++) bytes[i] = codes[sampleToInt16(samples[i] ?? 0) & 0xffff] ?? 0
      return bytes
    },
  }
}

/** G.711 table 2: segments of 16 steps, offset by 33 in 14-bit units, all bits inverted. */
function compressMuLaw(sample: number): number {
  const magnitude = Math.min(((sample < 0 ? ~sample : sample) >> 2) + 33, 0x1fff)
  const segment = 26 - Math.clz32(magnitude)
  const code = (segment << 4) | ((magnitude >> (segment + 1)) & 15)
  return (sample < 0 ? 0x7f : 0xff) - code
}

function expandMuLaw(code: number): number {
  const inverted = ~code & 0x7f
  const segment = inverted >> 4
  const magnitude = ((((inverted & 15) << 1) + 33) << segment) - 33
  return code < 128 ? -4 * magnitude : 4 * magnitude
}

/** G.711 table 1: the first two segments share a step, even bits inverted. */
function compressALaw(sample: number): number {
  const magnitude = (sample < 0 ? ~sample : sample) >> 4
  const segment = Math.max(0, 28 - Math.clz32(magnitude))
  const code = segment === 0 ? magnitude : (segment << 4) | ((magnitude >> (segment - 1)) & 15)
  return (code | (sample < 0 ? 0 : 0x80)) ^ 0x55
}

function expandALaw(code: number): number {
  const even = (code ^ 0x55) & 0x7f
  const segment = even >> 4
  const step = ((even & 15) << 4) + 8
  const magnitude = segment === 0 ? step : (step + 256) << (segment - 1)
  return code < 128 ? -magnitude : magnitude
}
