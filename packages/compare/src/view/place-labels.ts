/** A label that wants a place: its text begins at `x`. */
export interface WantedLabel {
  readonly x: number
  /** Px. */
  readonly width: number
  /** Greater ones are placed first. */
  readonly priority: number
}

/** Where a label went. */
export interface Placed {
  /** From 0; `undefined` where there is no room for it. */
  readonly row: number | undefined
  /** True when its text ends at `x`, because there is no room to the right. */
  readonly flipped: boolean
}

/** Free space between two labels of a row, px. */
const gap = 8

/**
 * Gives each label a row so that none covers another and none leaves the width; in the order of their priority, then
 * from left to right, each in the first row with room.
 */
export function placeLabels(
  labels: readonly WantedLabel[],
  { rows, width }: { readonly rows: number; readonly width: number },
): readonly Placed[] {
  const taken: { readonly from: number; readonly to: number }[][] = Array.from({ length: rows }, () => [])
  const placed: Placed[] = labels.map(() => ({ row: undefined, flipped: false }))
  const order = labels
    .map((label, index) => ({ ...label, index }))
    .toSorted((a, b) => b.priority - a.priority || a.x - b.x)
  for (const { x, width: length, index } of order) {
    const flipped = x + length > width
    const from = flipped ? x - length : x
    if (from < 0 || x > width) continue
    const row = taken.findIndex((others) =>
      others.every((other) => from >= other.to + gap || from + length + gap <= other.from),
    )
    if (row === -1) continue
    taken[row]?.push({ from, to: from + length })
    placed[index] = { row, flipped }
  }
  return placed
}
