import type { Measure } from './measure.ts'
import { enoughForMedian, quantile } from './summarise.ts'

/** Largest number of pairs for which the rank-sum distribution is counted out; above, the normal one is as good. */
const exactPairs = 400

/** 97.5 % quantile of the normal distribution. */
const normalQuantile = 1.959964

/** How far the observations of one lane lie from those of another. */
export interface Difference {
  /** Typical difference: the median of all differences between an observation here and one there (Hodges-Lehmann). */
  readonly shift: number
  /** Interval that covers the true shift in at least 95 of 100 comparisons; `undefined` with too few observations. */
  readonly interval: { readonly low: number; readonly high: number } | undefined
  /** A side has too few observations (fewer than 5) for the difference to be more than luck, whatever its interval. */
  readonly small: boolean
}

/**
 * What a difference comes to: `better` or `worse` where its interval leaves out 0, `same` where there is none at all,
 * else `open`. A small sample is always `open` or `same`.
 */
export function verdictOf(
  { shift, interval, small }: Difference,
  better: Measure['better'],
): 'better' | 'worse' | 'same' | 'open' {
  const [low, high] = [interval?.low ?? shift, interval?.high ?? shift]
  if (low === 0 && high === 0 && shift === 0) return 'same'
  if (small || interval === undefined || (low <= 0 && high >= 0)) return 'open'
  return shift < 0 === (better === 'lower') ? 'better' : 'worse'
}

/**
 * Difference of `values` to `reference`, with the 95 % interval that belongs to the rank-sum test (Hodges and Lehmann
 * 1963). It assumes no shape of distribution and draws no random numbers; with fewer than four observations on a
 * side there usually is none. Observations count as independent. `undefined` when a side has no observation.
 */
export function differenceOf(
  values: readonly number[],
  reference: readonly number[],
): Difference | undefined {
  if (values.length === 0 || reference.length === 0) return undefined
  const differences = values
    .flatMap((value) => reference.map((other) => value - other))
    .toSorted((a, b) => a - b)
  const rank = criticalRank(values.length, reference.length)
  const low = differences[rank - 1]
  const high = differences[differences.length - rank]
  return {
    shift: quantile(differences, 0.5),
    interval: low === undefined || high === undefined ? undefined : { low, high },
    small: Math.min(values.length, reference.length) < enoughForMedian,
  }
}

/** Which of the sorted differences, counted from 1, is the lower end; 0 where no rank reaches 95 %. */
function criticalRank(m: number, n: number): number {
  const pairs = m * n
  if (pairs > exactPairs) {
    const deviation = Math.sqrt((pairs * (m + n + 1)) / 12)
    return Math.max(0, Math.floor(pairs / 2 - normalQuantile * deviation))
  }
  const counts = rankSumCounts(m, n)
  const total = counts.reduce((sum, count) => sum + count, 0)
  let tail = 0
  let rank = 0
  while (rank < counts.length) {
    tail += counts[rank] ?? 0
    if (tail / total > 0.025) break
    rank += 1
  }
  return rank
}

/** In how many orders of m and n observations the Mann-Whitney statistic is 0, 1, 2, ... */
function rankSumCounts(m: number, n: number): readonly number[] {
  // One row for each number of observations there; adding one here moves on by how many there are below it.
  let rows = Array.from({ length: n + 1 }, () => [1])
  for (let k = 1; k <= m; k++) {
    const next: number[][] = [[1]]
    for (let j = 1; j <= n; j++) {
      const fromThere = next[j - 1] ?? []
      const fromHere = rows[j] ?? []
      next.push(Array.from({ length: k * j + 1 }, (_, u) => (fromThere[u] ?? 0) + (fromHere[u - j] ?? 0)))
    }
    rows = next
  }
  return rows[n] ?? []
}
