import type { CallProgressPattern } from './call-progress-patterns.ts'

/** Options of a generated tone. */
export interface CallProgressToneOptions {
  readonly sampleRate: number
  readonly seconds: number
  /** Level of each frequency in dB of full scale, -16 unless said otherwise. */
  readonly levelDb?: number
}

/** Length of the fade at each edge, which keeps it from clicking. */
const fadeMs = 3

/** The sound of a pattern, from its first sound on. Throws `RangeError` for a cadence with a time that is none. */
export function callProgressTone(
  pattern: CallProgressPattern,
  options: CallProgressToneOptions,
): Float32Array {
  const { sampleRate, seconds, levelDb = -16 } = options
  if (!pattern.cadence.every((ms) => ms > 0)) {
    throw new RangeError(`cadence must be times above 0 ms, got ${pattern.cadence.join(', ')}`)
  }
  const amplitude = 10 ** (levelDb / 20)
  const steps = pattern.frequencies.map((frequency) => (2 * Math.PI * frequency) / sampleRate)
  const cadence = pattern.cadence.length === 0 ? [Infinity] : pattern.cadence
  const sound = new Float32Array(Math.round(seconds * sampleRate))
  const fade = (fadeMs * sampleRate) / 1000
  let begin = 0
  for (let run = 0; begin < sound.length; run++) {
    const length = ((cadence[run % cadence.length] ?? 0) * sampleRate) / 1000
    const end = Math.min(sound.length, Math.round(begin + length))
    for (let i = begin; run % 2 === 0 && i < end; i++) {
      const edge = Math.min(1, (i - begin + 0.5) / fade, (begin + length - i - 0.5) / fade)
      sound[i] = steps.reduce((sum, step) => sum + amplitude * edge * Math.sin(step * i), 0)
    }
    begin = end
  }
  return sound
}
