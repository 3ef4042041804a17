import type { Prototype } from './prototype.ts'

/** How the `up` outputs of a period of `down` samples are made. */
export interface FoldedTable {
  readonly up: number
  readonly down: number
  /**
   * Four outputs around one centre after another, each: the four outputs, of which the first mirrors the fourth, the second the
   * third; the outermost samples left and right, counted from the first one of the period less `before`; the number of pairs of
   * samples from the outermost inwards, a sample in the middle being a pair with itself; and for each pair four coefficients: of
   * its sum and of its difference in the first and the fourth output, then those in the second and the third. All are 32-bit
   * floats, held as doubles, which JavaScript reads without conversion.
   */
  readonly numbers: Float64Array
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
  const longest = 4 * down
  const numbers: number[] = []
  const before = Math.ceil(keep / longest) * longest
  let needs = 0

  function add(...outputs: readonly [number, number, number, number]): void {
    const [first, second, , fourth] = outputs
    const ends = ((first + fourth) * down) / up
    const left = Math.floor((first * down) / up - prototype.half) + 1
    const right = ends - left
    const outer = partsOf(prototype, left, right, (first * down) / up)
    const inner = partsOf(prototype, left, right, (second * down) / up)
    numbers.push(...outputs, left + before, right + before, outer.length)
    numbers.push(...outer.flatMap((parts, pair) => [...parts, ...(inner[pair] ?? [])]))
    needs = Math.max(needs, right + 1)
  }

  for (let p = 0; 2 * p <= up; p++) {
    if (p === 0 || 2 * p === up) add(p, up + p, 2 * up + p, 3 * up + p)
    else {
      add(p, up - p, up + p, 2 * up - p)
      add(2 * up + p, 3 * up - p, 3 * up + p, 4 * up - p)
    }
  }
  return { up: 4 * up, down: longest, numbers: Float64Array.from(numbers, Math.fround), before, needs }
}

/** For each pair of samples the coefficient of its sum and that of its difference in the output at `time`. */
function partsOf(
  prototype: Prototype,
  left: number,
  right: number,
  time: number,
): [even: number, odd: number][] {
  const row = Array.from({ length: right - left + 1 }, (_, i) => prototype.impulse(time - left - i))
  const gain = row.reduce((a, b) => a + b)
  return row.slice(0, (row.length + 1) >> 1).map((outer, pair) => {
    const mirror = row.length - 1 - pair
    // A sample that is a pair with itself counts twice.
    const share = pair === mirror ? 4 * gain : 2 * gain
    const inner = row[mirror] ?? 0
    return [(outer + inner) / share, (outer - inner) / share]
  })
}
