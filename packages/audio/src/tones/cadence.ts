import type { CallProgressPattern } from './call-progress-patterns.ts'

/** A stretch of sound or of silence. */
export interface Run {
  readonly sounds: boolean
  readonly lengthMs: number
}

/** A run may be off by this share or this time, whichever is more. */
const toleranceShare = 0.15
const toleranceMs = 45
/** A tone that sounds this long without a break is continuous. */
const continuousMs = 2200

/**
 * Whether runs fit a pattern. The first may have been cut by the start of listening, the last still goes on; the first
 * one sounds.
 */
export function fitsCadence(pattern: CallProgressPattern, runs: readonly Run[]): boolean {
  const { cadence } = pattern
  if (cadence.length === 0) return runs.length <= 1
  for (let phase = 0; phase < cadence.length; phase += 2) {
    if (runs.every((run, place) => fits(run, place, cadence[(phase + place) % cadence.length] ?? 0)))
      return true
  }
  return false

  function fits({ lengthMs }: Run, place: number, expectedMs: number): boolean {
    const tolerance = Math.max(toleranceMs, toleranceShare * expectedMs)
    const complete = place > 0 && place < runs.length - 1
    return lengthMs <= expectedMs + tolerance && (!complete || lengthMs >= expectedMs - tolerance)
  }
}

/** Whether runs are enough to be sure of a pattern that alone fits. */
export function isEnough(pattern: CallProgressPattern, runs: readonly Run[], leastMs: number): boolean {
  const sounded = runs.reduce((sum, run) => sum + (run.sounds ? run.lengthMs : 0), 0)
  return sounded >= (pattern.cadence.length === 0 ? continuousMs : leastMs)
}
