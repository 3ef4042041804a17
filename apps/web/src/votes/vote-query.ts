import type { Vote } from '@parley/compare'

/** Periods before now, in days. */
export const votePeriods = ['7', '30', '365'] as const

/** Stands for live comparisons where a scenario is asked for. */
export const liveVotes = ':live'

/** Which votes count, as the address has it; empty texts ask for nothing. */
export interface VoteQuery {
  /** Name of a scenario or `liveVotes`. */
  readonly scenario: string
  /** Label of a lane that was shown. */
  readonly lane: string
  readonly since: (typeof votePeriods)[number] | ''
}

/** All votes. */
export const plainVoteQuery: VoteQuery = { scenario: '', lane: '', since: '' }

/** The query in an address such as `scenario=barge-in&lane=fast`. */
export function readVoteQuery(search: URLSearchParams): VoteQuery {
  return {
    scenario: search.get('scenario') ?? '',
    lane: search.get('lane') ?? '',
    since: votePeriods.find((period) => period === search.get('since')) ?? '',
  }
}

/** The address that shows the same again. */
export function writeVoteQuery(query: VoteQuery): URLSearchParams {
  return new URLSearchParams(Object.entries(query).filter(([, value]) => value !== ''))
}

/** The votes that are as asked, in their order. */
export function selectVotes(votes: readonly Vote[], query: VoteQuery, now: number): readonly Vote[] {
  const oldest = query.since === '' ? 0 : now - Number(query.since) * 86_400_000
  return votes.filter(
    ({ at, scenario, lanes }) =>
      at >= oldest &&
      (query.scenario === '' || (scenario ?? liveVotes) === query.scenario) &&
      (query.lane === '' || lanes.includes(query.lane)),
  )
}
