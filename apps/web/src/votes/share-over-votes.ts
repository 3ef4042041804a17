import { wilson, type Share, type Vote } from '@parley/compare'

/** Share of wins of one lane against another after each vote with a winner, oldest first. */
export function shareOverVotes(votes: readonly Vote[], label: string, other: string): readonly Share[] {
  let [wins, cast] = [0, 0]
  return votes
    .toSorted((a, b) => a.at - b.at)
    .flatMap(({ lanes, choice }) => {
      if (choice.kind !== 'lane' || !lanes.includes(label) || !lanes.includes(other)) return []
      if (choice.label !== label && choice.label !== other) return []
      cast += 1
      if (choice.label === label) wins += 1
      return wilson(wins, cast) ?? []
    })
}
