/** The value below which the given share (0 to 1) of the values lies, by linear interpolation. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  const place = (sorted.length - 1) * share
  const below = sorted[Math.floor(place)] ?? Number.NaN
  const above = sorted[Math.ceil(place)] ?? below
  return below + (above - below) * (place - Math.floor(place))
}

/** `median / p95` in whole milliseconds. */
export function medianAndP95(values: readonly number[]): string {
  return `${quantile(values, 0.5).toFixed(0)} / ${quantile(values, 0.95).toFixed(0)} ms`
}

/** Words to insert, delete and replace over words said; both sides lower case without punctuation. */
export function wordErrors(
  said: string,
  recognised: string,
): { readonly errors: number; readonly words: number } {
  const expected = words(said)
  const actual = words(recognised)
  let row = actual.map((_, index) => index + 1)
  for (const [line, word] of expected.entries()) {
    const next: number[] = []
    for (const [column, other] of actual.entries()) {
      const diagonal = column === 0 ? line : (row[column - 1] ?? 0)
      const left = column === 0 ? line + 1 : (next[column - 1] ?? 0)
      next.push(Math.min(diagonal + (word === other ? 0 : 1), left + 1, (row[column] ?? 0) + 1))
    }
    row = next
  }
  return { errors: row.at(-1) ?? expected.length, words: expected.length }
}

function words(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}']+/gu) ?? []
}
