/** Share of words that are wrong: the fewest insertions, deletions and changes, by the words that were said. */
export function wordErrorRate(said: string, heard: string): number {
  const expected = wordsOf(said)
  const actual = wordsOf(heard)
  let row = Array.from({ length: actual.length + 1 }, (_, index) => index)
  for (const [index, word] of expected.entries()) {
    const next = [index + 1]
    for (const [column, other] of actual.entries()) {
      const change = (row[column] ?? 0) + (word === other ? 0 : 1)
      next.push(Math.min(change, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1))
    }
    row = next
  }
  return (row.at(-1) ?? 0) / Math.max(expected.length, 1)
}

function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}']+/gu) ?? []
}
