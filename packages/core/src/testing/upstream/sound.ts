import { aLaw, float32ToInt16, int16ToPcm16, muLaw, pcm16ToInt16 } from '@parley/audio'
import { tone } from '@parley/audio/signals'

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
  return pcm16ToInt16(bytes)
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
  const length = Math.round((rate * lengthMs) / 1000)
  return float32ToInt16(tone({ frequency: 440, amplitude: 0.25, sampleRate: rate, length }))
}

function encode(samples: Int16Array, format: SoundFormat): Uint8Array {
  if (format.encoding === 'pcmu') return muLaw.fromInt16(samples)
  if (format.encoding === 'pcma') return aLaw.fromInt16(samples)
  return int16ToPcm16(samples)
}
