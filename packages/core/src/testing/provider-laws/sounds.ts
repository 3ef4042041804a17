import { aLaw, float32ToInt16, int16ToPcm16, muLaw } from '@parley/audio'
import { tone } from '@parley/audio/signals'
import type { FormatCapability } from '../../providers/capabilities.ts'

/** A tone that an energy detector takes for speech. */
export function speechOf(format: FormatCapability, durationMs: number): Uint8Array {
  const length = samplesOf(format, durationMs)
  return encode(
    format,
    float32ToInt16(tone({ frequency: 300, sampleRate: format.rate, length, amplitude: 0.37 })),
  )
}

/** Digital silence. */
export function silenceOf(format: FormatCapability, durationMs: number): Uint8Array {
  return encode(format, new Int16Array(samplesOf(format, durationMs)))
}

/** Bytes of a sound of this duration. */
export function bytesOf(format: FormatCapability, durationMs: number): number {
  return samplesOf(format, durationMs) * (format.type === 'audio/pcm' ? 2 : 1)
}

function samplesOf({ rate }: FormatCapability, durationMs: number): number {
  return (rate * durationMs) / 1000
}

function encode({ type }: FormatCapability, samples: Int16Array): Uint8Array {
  if (type === 'audio/pcmu') return muLaw.fromInt16(samples)
  if (type === 'audio/pcma') return aLaw.fromInt16(samples)
  return int16ToPcm16(samples)
}
