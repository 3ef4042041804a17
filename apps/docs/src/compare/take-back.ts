/**
 * The smallest sets of needs to take back so that something is left, each once; none where a row meets all of them.
 * Needs are ids.
 */
export function takeBack(
  needs: readonly string[],
  rows: readonly { readonly needs: readonly string[] }[],
): readonly (readonly string[])[] {
  const missing = rows.map((row) => needs.filter((need) => !row.needs.includes(need)))
  const least = Math.min(...missing.map(({ length }) => length))
  if (least === 0) return []
  const sets = missing.filter(({ length }) => length === least)
  return [...new Map(sets.map((set) => [set.join(), set])).values()]
}
