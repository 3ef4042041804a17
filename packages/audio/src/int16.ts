import { sampleToInt16 } from './sample-to-int16.ts'

/** Samples of little-endian PCM16 at any alignment, as a copy; a last odd byte is no sample. */
export function pcm16ToInt16(bytes: Uint8Array): Int16Array<ArrayBuffer> {
  const samples = new Int16Array(bytes.length >> 1)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let i = 0; i < samples.length; i++) samples[i] = view.getInt16(2 * i, true)
  return samples
}

/** Little-endian PCM16 of samples, as a copy. */
export function int16ToPcm16(samples: Int16Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(samples.length * 2)
  const view = new DataView(bytes.buffer)
  for (let i = 0; i < samples.length; i++) view.setInt16(2 * i, samples[i] ?? 0, true)
  return bytes
}

/** 16-bit samples in [-1, 1), as `pcm16ToFloat32` scales them. */
export function int16ToFloat32(samples: Int16Array): Float32Array<ArrayBuffer> {
  const floats = new Float32Array(samples.length)
  for (let i = 0; i < samples.length; i++) floats[i] = (samples[i] ?? 0) / 32_768
  return floats
}

/** Samples in 16 bits, each as `sampleToInt16` says. */
export function float32ToInt16(samples: Float32Array): Int16Array<ArrayBuffer> {
  const integers = new Int16Array(samples.length)
  for (let i = 0; i < samples.length; i++) integers[i] = sampleToInt16(samples[i] ?? 0)
  return integers
}
