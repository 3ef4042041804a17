const scale = 32768

/**
 * Signed 16-bit little-endian bytes at any alignment to samples in [-1, 1).
 * Throws `RangeError` when half a sample is left over.
 */
export function pcm16ToFloat32(bytes: Uint8Array): Float32Array {
  if (bytes.length % 2 !== 0) throw new RangeError(`PCM16 needs an even number of bytes, got ${bytes.length}`)
  const samples = new Float32Array(bytes.length / 2)
  for (let i = 0; i < samples.length; i++) {
    const low = bytes[2 * i] ?? 0
    const high = bytes[2 * i + 1] ?? 0
    samples[i] = (((high << 24) >> 16) | low) / scale
  }
  return samples
}

/**
 * One sample to a 16-bit integer: times 32768, rounded to nearest with halves towards plus infinity, clamped
 * to [-32768, 32767]; NaN becomes 0. Undoes the scaling of `pcm16ToFloat32` exactly.
 */
export function sampleToInt16(sample: number): number {
  const rounded = Math.floor(sample * scale + 0.5)
  if (rounded >= 32767) return 32767
  if (rounded <= -32768) return -32768
  // NaN fails both comparisons and becomes 0 here.
  return rounded | 0
}

/** Samples to signed 16-bit little-endian bytes; each sample as `sampleToInt16` says. */
export function float32ToPcm16(samples: Float32Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(samples.length * 2)
  for (let i = 0; i < samples.length; i++) {
    const value = sampleToInt16(samples[i] ?? 0)
    bytes[2 * i] = value
    bytes[2 * i + 1] = value >> 8
  }
  return bytes
}
