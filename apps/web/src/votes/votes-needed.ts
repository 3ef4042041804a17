import { wilson } from '@parley/compare'

/** Beyond this many further votes nobody waits. */
export const mostVotesNeeded = 500

/**
 * How many more votes with a winner would move the interval of the share off the middle if they fall in the same
 * proportion as those so far: 0 when it is off already, `undefined` when the two are even or it takes more than
 * `mostVotesNeeded`. No forecast: the votes to come may fall otherwise.
 */
export function votesNeeded(wins: number, losses: number): number | undefined {
  const cast = wins + losses
  const share = Math.max(wins, losses) / cast
  if (cast === 0 || share === 0.5) return undefined
  for (let more = 0; more <= mostVotesNeeded; more += 1) {
    const interval = wilson(share * (cast + more), cast + more)
    if (interval && interval.low > 0.5) return more
  }
  return undefined
}
