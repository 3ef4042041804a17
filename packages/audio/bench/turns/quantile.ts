/** The value that `share` of the values do not exceed; `undefined` counts as never. */
export function quantile(values: readonly (number | undefined)[], share: number): number {
  const sorted = values.map((value) => value ?? Infinity).toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN
}

/** For a cell of a table: whole, or `none`. */
export function rounded(value: number): number | string {
  return Number.isFinite(value) ? Math.round(value) : 'none'
}
