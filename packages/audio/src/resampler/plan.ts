import { foldedTable, type FoldedTable } from './folded-table.ts'
import { prototypeOf, type Profile, type Prototype } from './prototype.ts'

/** Everything about one rational ratio that its streams share. */
export interface Plan {
  readonly up: number
  readonly down: number
  /** Samples of a window, a multiple of 8; half of them lie after the time of the output. */
  readonly taps: number
  /** For small ratios: what all phases of a period are made with. */
  readonly folded: FoldedTable | undefined
  /** For other ratios: one row of coefficients a phase. Neither means that only interpolation is possible. */
  readonly windows: Float32Array | undefined
  /** Rows between which any time lies: one more than `steps`. Made when a stream asks for it. */
  interpolation(): Float32Array
  readonly steps: number
}

/** Beyond these a table for each ratio costs more than it gives. */
const largestFoldedFactor = 12
const largestTable = 1 << 18
/** Rows a sample of the lower rate for interpolation: its error stays under -100 dB up to the edge of the band. */
const interpolationRows = 512
const cachedPlans = 64

const cache = new Map<string, Plan>()

/** The plan from rate `from` to rate `to` in Hz; those used last are kept. */
export function planFor(from: number, to: number, profile: Profile): Plan {
  const divisor = greatestCommonDivisor(from, to)
  const up = to / divisor
  const down = from / divisor
  const key = `${up}/${down}/${profile}`
  const plan = cache.get(key) ?? makePlan(up, down, prototypeOf(profile))
  // The last place of a Map is that of the key set last.
  cache.delete(key)
  cache.set(key, plan)
  const [oldest] = cache.keys()
  if (cache.size > cachedPlans && oldest !== undefined) cache.delete(oldest)
  return plan
}

function makePlan(up: number, down: number, prototype: Prototype): Plan {
  const scale = Math.min(1, up / down)
  const stretched: Prototype = {
    half: prototype.half / scale,
    impulse: (time) => prototype.impulse(time * scale),
  }
  const taps = 8 * Math.ceil(stretched.half / 4)
  const steps = Math.ceil(interpolationRows * scale)
  const isSmall = Math.max(up, down) <= largestFoldedFactor
  let interpolation: Float32Array | undefined
  return {
    up,
    down,
    taps,
    steps,
    folded: isSmall && up !== down ? foldedTable(up, down, stretched, taps / 2 - 1) : undefined,
    windows:
      !isSmall && up * taps <= largestTable
        ? windowRows(stretched, { taps, rows: up, steps: up })
        : undefined,
    interpolation: () => (interpolation ??= windowRows(stretched, { taps, rows: steps + 1, steps })),
  }
}

interface Rows {
  readonly taps: number
  readonly rows: number
  /** Rows a sample. */
  readonly steps: number
}

/** Row r holds the coefficients of an output r / steps samples after the first of the two samples in the middle. */
function windowRows(prototype: Prototype, { taps, rows, steps }: Rows): Float32Array {
  const table = new Float32Array(rows * taps)
  const row = new Float64Array(taps)
  for (let r = 0; r < rows; r++) {
    let gain = 0
    for (let tap = 0; tap < taps; tap++) {
      const value = prototype.impulse(r / steps + taps / 2 - 1 - tap)
      row[tap] = value
      gain += value
    }
    for (let tap = 0; tap < taps; tap++) table[r * taps + tap] = (row[tap] ?? 0) / gain
  }
  return table
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b)
}
