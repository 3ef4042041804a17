import type { Summary } from './measure.ts'

/** Fewer observations than this make `p95` little more than the largest one. */
const enoughForP95 = 20

/** Fewer observations than this make the median a matter of luck. */
export const enoughForMedian = 5

/**
 * Median, p95 and the rest of some observations; `undefined` for none. Quantiles are interpolated linearly between
 * the closest ranks (type 7 of Hyndman and Fan 1996, the default of NumPy, R and spreadsheets).
 */
export function summarise(values: readonly number[]): Summary | undefined {
  const sorted = values.toSorted((a, b) => a - b)
  const [min] = sorted
  const max = sorted.at(-1)
  if (min === undefined || max === undefined) return undefined
  const { length } = sorted
  return {
    count: length,
    median: quantile(sorted, 0.5),
    p95: quantile(sorted, 0.95),
    min,
    max,
    spread: quantile(sorted, 0.75) - quantile(sorted, 0.25),
    small: length < enoughForMedian ? 'median' : length < enoughForP95 ? 'p95' : 'no',
  }
}

/** Arithmetic mean; `undefined` for none. */
export function meanOf(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length
}

/** The value below which this share (0 to 1) of values lies, which must be in ascending order and not empty. */
export function quantile(sorted: readonly number[], share: number): number {
  const place = (sorted.length - 1) * share
  const below = sorted[Math.floor(place)] ?? Number.NaN
  const above = sorted[Math.ceil(place)] ?? Number.NaN
  return below + (above - below) * (place - Math.floor(place))
}
