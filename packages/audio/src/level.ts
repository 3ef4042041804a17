/** Level given for silence, in dBFS; a finite number, so that it survives JSON. */
export const silenceDbfs = -120

/** RMS level in dB relative to full scale 1.0, so a full-scale sine is -3.01; never below `silenceDbfs`. */
export function rmsDbfs(samples: Float32Array): number {
  return powerToDb(meanSquare(samples))
}

/** Highest magnitude in dB relative to full scale 1.0; never below `silenceDbfs`. */
export function peakDbfs(samples: Float32Array): number {
  let peak = 0
  for (let i = 0; i < samples.length; i++) {
    const magnitude = Math.abs(samples[i] ?? 0)
    if (magnitude > peak && magnitude < Infinity) peak = magnitude
  }
  return powerToDb(peak * peak)
}

/** Smoothed level of a stream, for a display. */
export interface LevelMeter {
  /** Takes the next chunk and gives the level in dBFS after it. */
  process(samples: Float32Array): number
  reset(): void
}

/** Options of a level meter; the times are those of an exponential rise and fall to 63 %. */
export interface LevelMeterOptions {
  readonly sampleRate: number
  readonly attackMs?: number
  readonly releaseMs?: number
}

/** Meter that rises within `attackMs` (10) and falls within `releaseMs` (150). Throws `RangeError` for a rate that is none. */
export function createLevelMeter(options: LevelMeterOptions): LevelMeter {
  const { sampleRate, attackMs = 10, releaseMs = 150 } = options
  if (!(sampleRate > 0)) throw new RangeError(`sampleRate must be positive, got ${sampleRate}`)
  let power = 0
  return {
    process(samples) {
      const target = meanSquare(samples)
      const timeMs = target > power ? attackMs : releaseMs
      const elapsedMs = (samples.length * 1000) / sampleRate
      power += (target - power) * (timeMs > 0 ? 1 - Math.exp(-elapsedMs / timeMs) : 1)
      return powerToDb(power)
    },
    reset() {
      power = 0
    },
  }
}

/** Mean of the squares; 0 for no samples, and samples that are not finite count as 0. */
export function meanSquare(samples: Float32Array): number {
  if (samples.length === 0) return 0
  let sum = 0
  for (let i = 0; i < samples.length; i++) {
    const sample = samples[i] ?? 0
    if (Number.isFinite(sample)) sum += sample * sample
  }
  return sum / samples.length
}

/** Mean square to dBFS; never below `silenceDbfs`. */
export function powerToDb(power: number): number {
  return power > 0 ? Math.max(silenceDbfs, 10 * Math.log10(power)) : silenceDbfs
}
