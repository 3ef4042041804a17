import { sampleToInt16 } from './sample-to-int16.ts'
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
  const inVectors = conversions()
  if (inVectors) {
    inVectors.toFloat32(bytes, samples)
    return samples
  }
  for (let i = 0; i < length; i++) {
    const low = bytes[2 * i] ?? 0
    const high = bytes[2 * i + 1] ?? 0
    samples[i] = (((high << 24) >> 16) | low) / 32768
  }
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
  const inVectors = conversions()
  if (inVectors) {
    inVectors.toPcm16(samples, bytes)
    return bytes
  }
  for (let i = 0; i < samples.length; i++) {
    const value = sampleToInt16(samples[i] ?? 0)
    bytes[2 * i] = value
    bytes[2 * i + 1] = value >> 8
  }
  return bytes
}
