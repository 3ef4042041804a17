'use client'

import type { Vote } from '@parley/compare'
import type { JSX } from 'react'
import { ChoiceFilter } from '../components/choice-filter.tsx'
import { SelectField } from '../components/field.tsx'
import { useVotesText } from '../i18n/votes-messages.ts'
import { useScenarioName } from '../runs/use-scenario-name.ts'
import { liveVotes, votePeriods, type VoteQuery } from './vote-query.ts'

/** Which votes count. */
export function VoteFilters(props: {
  readonly votes: readonly Vote[]
  readonly query: VoteQuery
  readonly onChange: (change: Partial<VoteQuery>) => void
}): JSX.Element {
  const { votes, query, onChange } = props
  const { filters: text } = useVotesText()
  const scenarioName = useScenarioName()
  const scenarios = new Set([...votes.flatMap(({ scenario }) => scenario ?? []), query.scenario])
  const lanes = new Set([...votes.flatMap((vote) => vote.lanes), query.lane])
  return (
    <search className="filters vote-filters" aria-label={text.label}>
      <SelectField
        label={text.scenario}
        value={query.scenario}
        testId="filter-scenario"
        onChange={(scenario) => onChange({ scenario })}
      >
        <option value="">{text.any}</option>
        {[...scenarios]
          .filter((name) => name !== '' && name !== liveVotes)
          .toSorted()
          .map((name) => (
            <option key={name} value={name}>
              {scenarioName(name)}
            </option>
          ))}
        <option value={liveVotes}>{text.live}</option>
      </SelectField>
      <SelectField
        label={text.lane}
        value={query.lane}
        testId="filter-lane"
        onChange={(lane) => onChange({ lane })}
      >
        <option value="">{text.any}</option>
        {[...lanes]
          .filter((label) => label !== '')
          .toSorted()
          .map((label) => (
            <option key={label}>{label}</option>
          ))}
      </SelectField>
      <ChoiceFilter
        label={text.since}
        value={query.since}
        choices={votePeriods}
        names={text.periods}
        any={text.any}
        testId="filter-since"
        onChange={(since) => onChange({ since })}
      />
    </search>
  )
}
