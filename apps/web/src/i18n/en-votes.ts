/** Texts of the view of votes. */
export const votesTexts = {
  heading: 'Votes',
  lead: 'What was chosen when nobody knew who was who.',
  gone: 'The gateway does not answer, but the votes are in this browser and need none.',
  loading: 'Loading the votes',
  empty: 'No votes yet.',
  emptyText:
    'In a blind comparison the lanes have no names and come in random order. You listen, choose, and see who it was. Enough votes show whether a preference is more than chance.',
  emptyAction: 'Begin a blind comparison',
  another: 'Vote again',
  none: 'No vote is like that.',
  clear: 'Clear the filters',
  filters: {
    label: 'Filter the votes',
    scenario: 'Scenario',
    live: 'Live, without a scenario',
    lane: 'Lane',
    since: 'From',
    periods: { '7': 'The last 7 days', '30': 'The last 30 days', '365': 'The last year' },
    any: 'Any',
  },
  summary: (votes: string, ties: string, none: string): string =>
    `${votes} votes, of them ${ties} without a difference and ${none} for nobody.`,
  summaryOne: '1 vote.',
  export: { label: 'Export', csv: 'CSV, one row a vote', json: 'JSON' },
  standings: {
    title: 'How often each lane was chosen',
    lane: 'Lane',
    chosen: 'Chosen',
    share: 'Share, with its 95 % interval',
    of: (chosen: string, shown: string): string => `${chosen} of ${shown}`,
    range: (low: string, high: string): string => `${low} to ${high}`,
    hint: 'Lanes are told apart by their names alone: a name with other settings counts as the same lane.',
  },
  pairs: {
    title: 'Pair by pair',
    hint: 'Share of the votes between two lanes that had a winner, with its 95 % interval (Wilson). That interval is too sure of few votes: a lane counts as preferred when the exact sign test stays below 5 %, which takes at least six votes.',
    against: (label: string, other: string): string => `${label} against ${other}`,
    score: (wins: string, losses: string): string => `${wins} : ${losses}`,
    ties: (count: number): string =>
      count === 1 ? '1 without a difference' : `${count} without a difference`,
    share: (label: string, share: string, low: string, high: string): string =>
      `${label} won ${share}, between ${low} and ${high}`,
    ahead: (label: string): string => `${label} is preferred`,
    open: 'may be chance',
    undecided: 'no winner yet',
    needed: (count: string): string =>
      `If votes go on in the same proportion, about ${count} more with a winner would tell the two apart.`,
    even: 'The two are even: no number of votes can be named.',
    many: 'They are so close that more than 500 further votes would be needed.',
    looking:
      'Decide how many votes to give before you begin: who stops at the first clear result finds one too often.',
    overTime: (label: string): string => `Share of ${label} after each vote, with its interval`,
  },
  reasons: {
    title: 'Why',
    hint: 'Reasons given for the lane that was chosen; a vote may give several.',
    none: 'No vote gave a reason.',
    withoutChoice: 'Reasons were given only where no lane was chosen: they are in the list below.',
    note: 'In own words',
  },
  ofRun: { title: 'Blind vote on this run' },
  list: {
    title: 'All votes',
    lane: 'Best:',
    tie: 'No difference',
    nobody: 'None was good enough',
    between: (labels: string): string => `between ${labels}`,
    run: 'Open the run',
    gone: 'run deleted',
    delete: (when: string): string => `Delete the vote of ${when}`,
    confirm: 'Delete this vote?',
    confirmText: 'It no longer counts in any table. The run it belongs to stays.',
    does: 'Delete',
    more: 'Show more',
    failed: 'The vote could not be deleted.',
  },
}

/** Texts of the view of votes in a language. */
export type VotesTexts = typeof votesTexts
