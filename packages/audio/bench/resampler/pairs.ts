/** The pairs of rates in Hz that the figures are of. */
export const pairs: readonly (readonly [from: number, to: number])[] = [
  [24_000, 16_000],
  [16_000, 24_000],
  [48_000, 24_000],
  [8000, 24_000],
  [24_000, 8000],
]
