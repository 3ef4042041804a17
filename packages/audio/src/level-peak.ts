import { peakDbfs, silenceDbfs } from './level.ts'

/** Peak of a stream that stays for a while, for a display. */
export interface PeakMeter {
  /** Takes the next chunk and gives the peak in dBFS to show after it. */
  process(samples: Float32Array): number
  /** Whether a sample has reached full scale since the last reset. */
  readonly clipped: boolean
  reset(): void
}

/** Options of a peak meter. */
export interface PeakMeterOptions {
  readonly sampleRate: number
  /** Time for which a peak stays, 1500 unless given. */
  readonly holdMs?: number
  /** How fast it falls afterwards, 20 unless given (IEC 60268-18 has 20 dB in 1.7 s, which is 11.8). */
  readonly fallDbPerSecond?: number
}

/** Meter that rises at once, holds, and falls evenly to the floor `silenceDbfs`. Throws `RangeError` for a rate that is none. */
export function createPeakMeter(options: PeakMeterOptions): PeakMeter {
  const { sampleRate, holdMs = 1500, fallDbPerSecond = 20 } = options
  if (!(sampleRate > 0)) throw new RangeError(`sampleRate must be positive, got ${sampleRate}`)
  let shown = silenceDbfs
  let heldMs = 0
  let clipped = false
  return {
    process(samples) {
      const peak = peakDbfs(samples)
      const elapsedMs = (samples.length * 1000) / sampleRate
      if (peak >= 0) clipped = true
      if (peak >= shown) {
        shown = peak
        heldMs = 0
        return shown
      }
      const fallingMs = Math.max(0, heldMs + elapsedMs - Math.max(holdMs, heldMs))
      heldMs += elapsedMs
      shown = Math.max(peak, silenceDbfs, shown - (fallDbPerSecond * fallingMs) / 1000)
      return shown
    },
    get clipped() {
      return clipped
    },
    reset() {
      shown = silenceDbfs
      heldMs = 0
      clipped = false
    },
  }
}
