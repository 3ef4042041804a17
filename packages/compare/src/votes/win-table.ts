import type { Vote } from './vote.ts'

/** 97.5 % quantile of the normal distribution. */
const normalQuantile = 1.959964

/** Chance of a false verdict that is accepted when the two are alike. */
export const significance = 0.05

/** A share with the interval that holds the true one in 95 of 100 cases. */
export interface Share {
  /** 0 to 1. */
  readonly value: number
  readonly low: number
  readonly high: number
}

/** How one lane did against another in the votes that showed both. */
export interface Pairing {
  readonly label: string
  readonly other: string
  readonly wins: number
  readonly losses: number
  readonly ties: number
  /** Share of its wins among wins and losses; `undefined` without any. */
  readonly winShare: Share | undefined
}

/** How often one lane was chosen. */
export interface Standing {
  readonly label: string
  /** Votes that showed it. */
  readonly shown: number
  readonly chosen: number
  readonly chosenShare: Share | undefined
}

/** Results of votes. */
export interface WinTable {
  /** Most often chosen first. */
  readonly standings: readonly Standing[]
  /** Every ordered pair of lanes that were shown together. */
  readonly pairings: readonly Pairing[]
  readonly votes: number
  readonly ties: number
  readonly none: number
}

/**
 * Pairwise wins: the chosen lane wins against each lane it was shown with; lanes that were both passed over learn
 * nothing of each other. A tie counts for every pair that was shown and is left out of the share, as in the sign
 * test; a vote for none is counted and changes no pair.
 */
export function winTable(votes: readonly Vote[]): WinTable {
  const labels = [...new Set(votes.flatMap(({ lanes }) => lanes))]
  const pairings = labels.flatMap((label) =>
    labels.flatMap((other) => {
      const together = votes.filter(
        ({ lanes }) => label !== other && lanes.includes(label) && lanes.includes(other),
      )
      return together.length === 0 ? [] : [pairingOf(label, other, together)]
    }),
  )
  const standings = labels.map((label): Standing => {
    const shown = votes.filter(({ lanes }) => lanes.includes(label))
    const chosen = shown.filter((vote) => isFor(vote, label)).length
    return { label, shown: shown.length, chosen, chosenShare: wilson(chosen, shown.length) }
  })
  return {
    standings: standings.toSorted((a, b) => (b.chosenShare?.value ?? 0) - (a.chosenShare?.value ?? 0)),
    pairings,
    votes: votes.length,
    ties: votes.filter(({ choice }) => choice.kind === 'tie').length,
    none: votes.filter(({ choice }) => choice.kind === 'none').length,
  }
}

/**
 * Score interval of a share at 95 % (Wilson 1927, "Probable inference, the law of succession, and statistical
 * inference"); `undefined` for no trials. It stays within 0 and 1 and says something of few trials.
 */
export function wilson(hits: number, trials: number): Share | undefined {
  if (trials === 0) return undefined
  const value = hits / trials
  const z2 = normalQuantile ** 2
  const middle = (value + z2 / (2 * trials)) / (1 + z2 / trials)
  const reach =
    (normalQuantile * Math.sqrt((value * (1 - value)) / trials + z2 / (4 * trials ** 2))) / (1 + z2 / trials)
  return { value, low: hits === 0 ? 0 : middle - reach, high: hits === trials ? 1 : middle + reach }
}

/**
 * How often a fair coin falls at least as unevenly: the exact two-sided sign test of wins against losses. 1 for none
 * and for even counts; below 0.05 the lead is taken for more than chance.
 */
export function signTest(wins: number, losses: number): number {
  const cast = wins + losses
  // Logarithms: the chance of one course of a thousand votes is too small for a number.
  let logChance = -cast * Math.LN2
  let tail = 0
  for (let hits = 0; hits <= Math.min(wins, losses); hits += 1) {
    tail += Math.exp(logChance)
    logChance += Math.log((cast - hits) / (hits + 1))
  }
  return Math.min(1, 2 * tail)
}

/** Label of the lane that more votes prefer than chance explains (`signTest` below 0.05); `undefined` while neither. */
export function preferred({ label, other, wins, losses }: Pairing): string | undefined {
  if (signTest(wins, losses) >= significance) return undefined
  return wins > losses ? label : other
}

function pairingOf(label: string, other: string, votes: readonly Vote[]): Pairing {
  const wins = votes.filter((vote) => isFor(vote, label)).length
  const losses = votes.filter((vote) => isFor(vote, other)).length
  const ties = votes.filter(({ choice }) => choice.kind === 'tie').length
  return { label, other, wins, losses, ties, winShare: wilson(wins, wins + losses) }
}

function isFor({ choice }: Vote, label: string): boolean {
  return choice.kind === 'lane' && choice.label === label
}
