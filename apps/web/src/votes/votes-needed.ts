import { significance, signTest } from '@parley/compare'

/** Beyond this many further votes nobody waits. */
export const mostVotesNeeded = 500

/**
 * How many more votes with a winner would make one lane preferred (`signTest` below `significance`) if they fall in the
 * same proportion as those so far: 0 when one is already, `undefined` when the two are even or it takes more than
 * `mostVotesNeeded`. No forecast: the votes to come may fall otherwise.
 */
export function votesNeeded(wins: number, losses: number): number | undefined {
  const cast = wins + losses
  const most = Math.max(wins, losses)
  if (wins === losses) return undefined
  for (let more = 0; more <= mostVotesNeeded; more += 1) {
    // Whole votes, and of a broken one none for the lane that leads.
    const ahead = Math.floor((most * (cast + more)) / cast)
    if (signTest(ahead, cast + more - ahead) < significance) return more
  }
  return undefined
}
