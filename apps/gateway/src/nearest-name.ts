import { closest, distance } from 'fastest-levenshtein'

/** Edits a slip takes at most, as a share of the name's letters. */
const slipShare = 0.5

/** The known name that `name` is a slip of, `undefined` where it is like none; `known` is not empty. */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  const nearest = closest(name, known)
  return distance(name, nearest) <= name.length * slipShare ? nearest : undefined
}
