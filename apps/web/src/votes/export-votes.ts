import { csvCell, type Vote } from '@parley/compare'

/** Name and version of the format of exported votes. */
export const votesFormat = 'parley.votes/1'

/** Votes as JSON. */
export function votesJson(votes: readonly Vote[]): string {
  return JSON.stringify({ format: votesFormat, votes }, undefined, 2)
}

const header = ['vote', 'at', 'comparison', 'scenario', 'lanes', 'choice', 'best', 'reasons', 'note']

/** Votes as RFC 4180: one row a vote after a header; lists are joined by spaces. */
export function votesCsv(votes: readonly Vote[]): string {
  const rows = votes.map(({ id, at, comparisonId, scenario = '', lanes, choice, reasons, note = '' }) => [
    id,
    new Date(at).toISOString(),
    comparisonId,
    scenario,
    lanes.join(' '),
    choice.kind,
    choice.kind === 'lane' ? choice.label : '',
    reasons.join(' '),
    note,
  ])
  return [header, ...rows].map((row) => `${row.map(csvCell).join(',')}\r\n`).join('')
}
