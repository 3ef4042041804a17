import { conversions } from './wasm/conversions.ts'

/**
 * Signed 16-bit little-endian bytes at any alignment to samples in [-1, 1), in `samples` when it is given and long enough.
 * Throws `RangeError` when half a sample is left over or `samples` is too short.
 */
export function pcm16ToFloat32(
  bytes: Uint8Array,
  samples: Float32Array<ArrayBuffer> = new Float32Array(bytes.length >> 1),
): Float32Array<ArrayBuffer> {
  if (bytes.length % 2 !== 0) throw new RangeError(`PCM16 needs an even number of bytes, got ${bytes.length}`)
  const length = bytes.length / 2
  if (samples.length < length)
    throw new RangeError(`There is room for ${samples.length} samples of ${length}`)
  conversions().toFloat32(bytes, samples)
  return samples
}

/**
 * Samples to signed 16-bit little-endian bytes, each as `sampleToInt16` says, in `bytes` when it is given and long enough.
 * Throws `RangeError` when `bytes` is too short.
 */
export function float32ToPcm16(
  samples: Float32Array,
  bytes: Uint8Array<ArrayBuffer> = new Uint8Array(samples.length * 2),
): Uint8Array<ArrayBuffer> {
  if (bytes.length < 2 * samples.length) {
    throw new RangeError(`There is room for ${bytes.length >> 1} samples of ${samples.length}`)
  }
  conversions().toPcm16(samples, bytes)
  return bytes
}
