import type { Prototype } from './prototype.ts'

/** Four outputs of a period around one centre, made together: the first mirrors the fourth, the second the third. */
export interface FourOutputs {
  readonly outputs: readonly [number, number, number, number]
  /** Outermost samples, counted from the first one of the period less `before`. */
  readonly left: number
  readonly right: number
  /** Pairs of samples from the outermost inwards; a sample in the middle is a pair with itself. */
  readonly pairs: number
  /**
   * For each pair of samples four: the coefficients of its sum and of its difference in the first and the fourth output, then
   * those in the second and the third.
   */
  readonly coefficients: Float32Array
}

/** How the `up` outputs of a period of `down` samples are made. */
export interface FoldedTable {
  readonly up: number
  readonly down: number
  readonly units: readonly FourOutputs[]
  /** Samples that are kept before the first one of a period, a multiple of `down`. */
  readonly before: number
  /** Samples that a period needs from its first one on. */
  readonly needs: number
}

/**
 * Table for the ratio `up / down`, with at least `keep` samples before a period. Output p lies at p * down / up. Two outputs have
 * each other's coefficients in reverse when the middle between them is a sample or half-way between two, that is when the sum of
 * their numbers is a multiple of `up`. In a period of four times the length all outputs fall into fours around one middle.
 */
export function foldedTable(up: number, down: number, prototype: Prototype, keep: number): FoldedTable {
  const fours: [number, number, number, number][] = []
  for (let p = 0; 2 * p <= up; p++) {
    if (p === 0 || 2 * p === up) fours.push([p, up + p, 2 * up + p, 3 * up + p])
    else {
      fours.push([p, up - p, up + p, 2 * up - p])
      fours.push([2 * up + p, 3 * up - p, 3 * up + p, 4 * up - p])
    }
  }
  const windows = fours.map((outputs) => {
    const [first, , , fourth] = outputs
    const reach = prototype.half + ((fourth - first) * down) / up / 2
    const ends = ((first + fourth) * down) / up
    const left = Math.floor(ends / 2 - reach) + 1
    return { outputs, left, right: ends - left, pairs: Math.floor(ends / 2) - left + 1 }
  })
  const longest = 4 * down
  const before = Math.ceil(Math.max(keep, ...windows.map(({ left }) => -left)) / longest) * longest
  const units = windows.map((window) => {
    const [first, second] = window.outputs
    const outer = partsOf(prototype, { ...window, time: (first * down) / up })
    const inner = partsOf(prototype, { ...window, time: (second * down) / up })
    const coefficients = Float32Array.from(outer.flatMap((parts, pair) => [...parts, ...(inner[pair] ?? [])]))
    return { ...window, left: window.left + before, right: window.right + before, coefficients }
  })
  const needs = Math.max(...windows.map(({ right }) => right)) + 1
  return { up: 4 * up, down: longest, units, before, needs }
}

interface Window {
  readonly left: number
  readonly right: number
  readonly pairs: number
  /** Of the output. */
  readonly time: number
}

/** For each pair of samples the coefficient of its sum and that of its difference. */
function partsOf(prototype: Prototype, { left, right, pairs, time }: Window): [even: number, odd: number][] {
  const gain = Array.from({ length: right - left + 1 }, (_, i) => prototype.impulse(time - left - i)).reduce(
    (a, b) => a + b,
  )
  return Array.from({ length: pairs }, (_, pair) => {
    // A sample that is a pair with itself counts twice.
    const share = left + pair === right - pair ? 4 * gain : 2 * gain
    const outer = prototype.impulse(time - left - pair) / share
    const inner = prototype.impulse(time - right + pair) / share
    return [outer + inner, outer - inner]
  })
}
