import type { Prototype } from './prototype.ts'

/** One phase whose coefficients are symmetric, or two phases of a period that mirror each other. */
export interface Unit {
  readonly phase: number
  /** The other phase; `phase` itself when it is symmetric. */
  readonly mirror: number
  /** Outermost samples, counted from the first one of the period less `before`. */
  readonly left: number
  readonly right: number
  /** Pairs of samples from the outermost inwards; a sample in the middle is a pair with itself. */
  readonly pairs: number
  /** For each pair one coefficient, or two: that of the sum and that of the difference. In the order of the sums. */
  readonly coefficients: Float32Array
}

/** How the `up` outputs of a period of `down` samples are made. */
export interface FoldedTable {
  readonly units: readonly Unit[]
  /** Samples that are kept before the first one of a period, a multiple of `down`. */
  readonly before: number
  /** Samples that phase 0, and all others, need from the first one of the period on. */
  readonly firstNeeds: number
  readonly restNeeds: number
}

/**
 * Phase p lies at p * down / up. Phases p and up - p mirror each other at the middle of the period, so that over a window
 * around it one has the coefficients of the other in reverse.
 */
export function foldedTable(up: number, down: number, prototype: Prototype): FoldedTable {
  const timeOf = (phase: number): number => (phase * down) / up
  const windows = Array.from({ length: Math.floor(up / 2) + 1 }, (_, phase) => {
    const mirror = phase === 0 || 2 * phase === up ? phase : up - phase
    // Twice the centre is a whole number.
    const ends = phase === 0 ? 0 : down
    const reach = prototype.half + Math.abs(ends / 2 - timeOf(phase))
    const left = Math.floor(ends / 2 - reach) + 1
    return { phase, mirror, left, right: ends - left }
  })
  const half = Math.ceil(prototype.half / 4) * 4
  const leftmost = Math.min(1 - half, ...windows.map((window) => window.left))
  const before = Math.ceil(-leftmost / down) * down
  const units = windows.map((window) => {
    const pairs = Math.floor((window.right - window.left) / 2) + 1
    const coefficients = coefficientsOf({ ...window, pairs, down, prototype, time: timeOf(window.phase) })
    return { ...window, left: window.left + before, right: window.right + before, pairs, coefficients }
  })
  const [first = 0, ...rest] = windows.map((window) => window.right + 1)
  return { units, before, firstNeeds: first, restNeeds: Math.max(first, ...rest) }
}

interface Window {
  readonly phase: number
  readonly mirror: number
  readonly left: number
  readonly right: number
  readonly pairs: number
  readonly down: number
  readonly prototype: Prototype
  readonly time: number
}

function coefficientsOf({ phase, mirror, left, right, pairs, down, prototype, time }: Window): Float32Array {
  let gain = 0
  for (let sample = left; sample <= right; sample++) gain += prototype.impulse(time - sample)
  const values: number[] = []
  for (let residue = 0; residue < down; residue++) {
    for (let pair = residue; pair < pairs; pair += down) {
      // A sample that is a pair with itself counts twice.
      const share = left + pair === right - pair ? 2 * gain : gain
      const outer = prototype.impulse(time - left - pair) / share
      const inner = prototype.impulse(time - right + pair) / share
      if (phase === mirror) values.push(outer)
      else values.push((outer + inner) / 2, (outer - inner) / 2)
    }
  }
  return Float32Array.from(values)
}
