import { aLaw, muLaw } from '../g711.ts'
import { float32ToPcm16, pcm16ToFloat32 } from '../pcm.ts'
import { encodings, type WavEncoding } from './wav-format.ts'

/** Whole samples of a WAV file to numbers in [-1, 1]. */
export function samplesFromWav(bytes: Uint8Array, encoding: WavEncoding): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const read = (size: number, sample: (at: number) => number): Float32Array =>
    Float32Array.from({ length: bytes.length / size }, (_, i) => sample(i * size))
  switch (encoding) {
    case 'pcm8':
      return read(1, (at) => (view.getUint8(at) - 128) / 128)
    case 'pcm16':
      return pcm16ToFloat32(bytes)
    case 'pcm24':
      return read(3, (at) => ((view.getInt8(at + 2) << 16) | view.getUint16(at, true)) / 2 ** 23)
    case 'pcm32':
      return read(4, (at) => view.getInt32(at, true) / 2 ** 31)
    case 'float32':
      return read(4, (at) => view.getFloat32(at, true))
    case 'float64':
      return read(8, (at) => view.getFloat64(at, true))
    case 'pcmu':
      return muLaw.toFloat32(bytes)
    case 'pcma':
      return aLaw.toFloat32(bytes)
  }
}

/** Samples to the bytes of a WAV file; whole numbers are rounded to nearest and clamped, and NaN is 0. */
export function samplesToWav(samples: Float32Array, encoding: WavEncoding): Uint8Array {
  const { bytes: size } = encodings[encoding]
  const bytes = new Uint8Array(samples.length * size)
  const view = new DataView(bytes.buffer)
  const write = (put: (at: number, sample: number) => void): Uint8Array => {
    for (let i = 0; i < samples.length; i++) put(i * size, samples[i] ?? 0)
    return bytes
  }
  switch (encoding) {
    case 'pcm8':
      return write((at, sample) => view.setUint8(at, rounded(sample, 8) + 128))
    case 'pcm16':
      return float32ToPcm16(samples)
    case 'pcm24':
      return write((at, sample) => {
        const value = rounded(sample, 24)
        view.setUint16(at, value & 0xffff, true)
        view.setInt8(at + 2, value >> 16)
      })
    case 'pcm32':
      return write((at, sample) => view.setInt32(at, rounded(sample, 32), true))
    case 'float32':
      return write((at, sample) => view.setFloat32(at, sample, true))
    case 'float64':
      return write((at, sample) => view.setFloat64(at, sample, true))
    case 'pcmu':
      return muLaw.fromFloat32(samples)
    case 'pcma':
      return aLaw.fromFloat32(samples)
  }
}

function rounded(sample: number, bits: number): number {
  const scale = 2 ** (bits - 1)
  const value = Math.floor(sample * scale + 0.5)
  return Number.isNaN(value) ? 0 : Math.min(scale - 1, Math.max(-scale, value))
}
