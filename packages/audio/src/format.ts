/** Audio format of a stream, in the shape of a GA session object. PCM is 16 bit, little-endian, mono. */
export type AudioFormat =
  | { readonly type: 'audio/pcm'; readonly rate: number }
  | { readonly type: 'audio/pcmu' }
  | { readonly type: 'audio/pcma' }

/** Sample rate in Hz; 8000 for G.711. */
export function sampleRateOf(format: AudioFormat): number {
  return format.type === 'audio/pcm' ? format.rate : 8000
}

/** Bytes of one sample: 2 for PCM, 1 for G.711. */
export function bytesPerSample(format: AudioFormat): 1 | 2 {
  return format.type === 'audio/pcm' ? 2 : 1
}

/** Milliseconds of sound in `byteLength` bytes; not rounded. */
export function durationMs(format: AudioFormat, byteLength: number): number {
  return (byteLength * 1000) / (bytesPerSample(format) * sampleRateOf(format))
}

/** Bytes of `ms` milliseconds of sound, rounded to the nearest whole sample. */
export function byteLengthOf(format: AudioFormat, ms: number): number {
  return Math.round((ms * sampleRateOf(format)) / 1000) * bytesPerSample(format)
}

/** Whether two formats have the same bytes for the same sound. */
export function isSameFormat(a: AudioFormat, b: AudioFormat): boolean {
  return a.type === b.type && sampleRateOf(a) === sampleRateOf(b)
}
