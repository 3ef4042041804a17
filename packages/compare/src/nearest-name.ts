import { closest } from 'fastest-levenshtein'

/** The known name that takes the fewest edits to become `name`, whatever its case; `known` is not empty. */
export function nearestName(name: string, known: readonly string[]): string {
  const nearest = closest(
    name.toLowerCase(),
    known.map((candidate) => candidate.toLowerCase()),
  )
  return known.find((candidate) => candidate.toLowerCase() === nearest) ?? nearest
}
