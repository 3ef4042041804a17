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
  /** Most input samples of one run: bounds the memory whatever the chunks are, and the outputs of a run to about as many. */
  readonly block: number
  /** Samples that a stream has to keep at most between two runs, or that it needs after its end. */
  readonly history: number
  /** Most samples of one run, history and block, and most outputs; with what lanes read and write beyond the last period. */
  readonly samples: number
  readonly outputs: number
  /** Where the outputs lie by nature. */
  readonly line: Line
  /** Rows between which any time lies. */
  readonly anyTime: () => Rows
}

/** Where outputs lie: output i at sample `origin + (i * step) / per`. */
export interface Line {
  readonly origin: number
  readonly step: number
  readonly per: number
  readonly rows: () => Rows
}

/** Windows one after the other: row r is for an output r / `steps` samples after the first of the two samples in the middle. */
export interface Rows {
  /** One row more than `steps`. */
  readonly table: Float32Array
  readonly steps: number
  /** Every output lies on a row; otherwise between two. */
  readonly isExact: boolean
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
  const isSmall = Math.max(up, down) <= largestFoldedFactor
  const folded = isSmall && up !== down ? foldedTable(up, down, stretched, taps / 2 - 1) : undefined
  const history = Math.max(taps, folded ? folded.before + folded.down + folded.needs : 0) + 8
  const block = Math.max(64, Math.floor(1024 * Math.min(1, down / up)))
  const anyTime = once(() =>
    rowsOf(stretched, { taps, steps: Math.ceil(interpolationRows * scale), isExact: false }),
  )
  const ownTimes = once(() => rowsOf(stretched, { taps, steps: up, isExact: true }))
  return {
    up,
    down,
    taps,
    folded,
    block,
    history,
    samples: history + block + (folded ? 4 * folded.down : 0) + 16,
    // A nudge adds to them, and what a period held back comes at once.
    outputs: Math.ceil((block * up * 1.01) / down) + (folded ? 11 * folded.up : 0) + 8,
    line: { origin: 0, step: down, per: up, rows: up * taps <= largestTable ? ownTimes : anyTime },
    anyTime,
  }
}

function once<T>(make: () => T): () => T {
  let made: T | undefined
  return () => (made ??= make())
}

function rowsOf(
  prototype: Prototype,
  { taps, steps, isExact }: Omit<Rows, 'table'> & { taps: number },
): Rows {
  const table = new Float32Array((steps + 1) * taps)
  for (let r = 0; r <= steps; r++) {
    const row = Float64Array.from({ length: taps }, (_, tap) =>
      prototype.impulse(r / steps + taps / 2 - 1 - tap),
    )
    const gain = row.reduce((a, b) => a + b)
    table.set(
      row.map((value) => value / gain),
      r * taps,
    )
  }
  return { table, steps, isExact }
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b)
}
