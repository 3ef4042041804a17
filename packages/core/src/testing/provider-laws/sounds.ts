import { aLaw, muLaw } from '@parley/audio'
import type { FormatCapability } from '../../providers/capabilities.ts'

/** A tone that an energy detector takes for speech. */
export function speechOf(format: FormatCapability, durationMs: number): Uint8Array {
  return encode(format, durationMs, (time) => Math.round(12_000 * Math.sin(2 * Math.PI * 300 * time)))
}

/** Digital silence. */
export function silenceOf(format: FormatCapability, durationMs: number): Uint8Array {
  return encode(format, durationMs, () => 0)
}

/** Bytes of a sound of this duration. */
export function bytesOf({ type, rate }: FormatCapability, durationMs: number): number {
  return ((rate * durationMs) / 1000) * (type === 'audio/pcm' ? 2 : 1)
}

function encode(
  { type, rate }: FormatCapability,
  durationMs: number,
  at: (seconds: number) => number,
): Uint8Array {
  const samples = Int16Array.from({ length: (rate * durationMs) / 1000 }, (_, index) => at(index / rate))
  if (type === 'audio/pcmu') return muLaw.fromInt16(samples)
  if (type === 'audio/pcma') return aLaw.fromInt16(samples)
  return new Uint8Array(samples.buffer)
}
