import { aLaw, muLaw } from '@parley/audio'

/** Sound as a wire carries it. */
export interface SoundFormat {
  readonly encoding: 'pcm' | 'pcmu' | 'pcma'
  readonly rate: number
}

/** PCM of 24 kHz, the default of every wire. */
export const pcm24: SoundFormat = { encoding: 'pcm', rate: 24_000 }

/** Bytes of one sample. */
export function sampleBytes(format: SoundFormat): number {
  return format.encoding === 'pcm' ? 2 : 1
}

/** Duration in ms of that many bytes. */
export function durationMs(bytes: number, format: SoundFormat): number {
  return (bytes / sampleBytes(format) / format.rate) * 1000
}

/** Samples of whole frames; bytes beyond the last whole sample are left out. */
export function samplesOf(bytes: Uint8Array, format: SoundFormat): Int16Array {
  if (format.encoding === 'pcmu') return muLaw.toInt16(bytes)
  if (format.encoding === 'pcma') return aLaw.toInt16(bytes)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return Int16Array.from({ length: bytes.byteLength >> 1 }, (_, at) => view.getInt16(at * 2, true))
}

const tones = new Map<string, string>()

/** A tone as base64, so long that every chunk begins where the wave does. */
export function toneOf(format: SoundFormat, lengthMs: number): string {
  const key = `${format.encoding} ${format.rate} ${lengthMs}`
  const known = tones.get(key)
  if (known !== undefined) return known
  const made = Buffer.from(encode(sine(format.rate, lengthMs), format)).toString('base64')
  tones.set(key, made)
  return made
}

/** 440 Hz at a quarter of full scale: 44 whole waves in 100 ms. */
function sine(rate: number, lengthMs: number): Int16Array {
  return Int16Array.from({ length: Math.round((rate * lengthMs) / 1000) }, (_, at) =>
    Math.round(8000 * Math.sin((2 * Math.PI * 440 * at) / rate)),
  )
}

function encode(samples: Int16Array, format: SoundFormat): Uint8Array {
  if (format.encoding === 'pcmu') return muLaw.fromInt16(samples)
  if (format.encoding === 'pcma') return aLaw.fromInt16(samples)
  const bytes = new Uint8Array(samples.length * 2)
  const view = new DataView(bytes.buffer)
  samples.forEach((sample, at) => view.setInt16(at * 2, sample, true))
  return bytes
}
