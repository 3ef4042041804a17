import { closest, distance } from 'fastest-levenshtein'

/** Edits a slip takes at most, as a share of the name's letters: two letters that changed places are two edits. */
const slipShare = 0.5

/** The known name that `name` is a slip of, whatever its case; `undefined` where it is like none. */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined
  const given = name.toLowerCase()
  const nearest = closest(
    given,
    known.map((candidate) => candidate.toLowerCase()),
  )
  if (distance(given, nearest) > Math.ceil(name.length * slipShare)) return undefined
  return known.find((candidate) => candidate.toLowerCase() === nearest)
}

/** What to say behind an unknown name: the one that was meant, or all there are. */
export function knownNames(name: string, known: readonly string[]): string {
  const nearest = nearestName(name, known)
  return nearest === undefined ? `there are ${known.join(', ')}` : `did you mean "${nearest}"?`
}
