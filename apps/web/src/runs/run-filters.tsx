'use client'

import { useId, type JSX, type RefObject } from 'react'
import { ChoiceFilter } from '../components/choice-filter.tsx'
import { SelectField } from '../components/field.tsx'
import { useRunsText } from '../i18n/runs-messages.ts'
import { liveScenario, runPeriods, runSorts, runStatuses, type RunQuery } from './run-query.ts'
import { useScenarioName } from './use-scenario-name.ts'
import type { RunSummary } from './run-summary.ts'

/** What of the runs is shown, and in what order. */
export function RunFilters(props: {
  readonly runs: readonly RunSummary[]
  readonly query: RunQuery
  readonly onChange: (change: Partial<RunQuery>) => void
  readonly find: RefObject<HTMLInputElement | null>
}): JSX.Element {
  const { runs, query, onChange } = props
  const { filters: text } = useRunsText()
  const id = useId()
  const scenarioName = useScenarioName()
  const lanes = runs.flatMap((run) => run.lanes)
  const scenarios = named(runs.flatMap(({ scenario }) => scenario ?? []).concat(query.scenario))
  const laneValue = query.lane === '' ? query.backend && `backend ${query.backend}` : `lane ${query.lane}`
  return (
    <search className="filters" aria-label={text.label}>
      <div className="field filters-text">
        <label htmlFor={id}>{text.text}</label>
        <input
          ref={props.find}
          id={id}
          type="search"
          className="input"
          placeholder={text.textHint}
          value={query.text}
          data-testid="filter-text"
          onChange={({ target }) => onChange({ text: target.value })}
        />
      </div>
      <SelectField
        label={text.scenario}
        value={query.scenario}
        testId="filter-scenario"
        onChange={(scenario) => onChange({ scenario })}
      >
        <option value="">{text.any}</option>
        {scenarios.map(
          (name) =>
            name !== liveScenario && (
              <option key={name} value={name}>
                {scenarioName(name)}
              </option>
            ),
        )}
        <option value={liveScenario}>{text.live}</option>
      </SelectField>
      <SelectField
        label={text.lane}
        value={laneValue}
        testId="filter-lane"
        onChange={(value) => {
          const [kind, name = ''] = value.split(' ', 2)
          onChange({ backend: kind === 'backend' ? name : '', lane: kind === 'lane' ? name : '' })
        }}
      >
        <option value="">{text.any}</option>
        <optgroup label={text.backends}>
          {named([...lanes.map(({ backend }) => backend), query.backend]).map((name) => (
            <option key={name} value={`backend ${name}`}>
              {name}
            </option>
          ))}
        </optgroup>
        <optgroup label={text.lanes}>
          {named([...lanes.map(({ label }) => label), query.lane]).map((name) => (
            <option key={name} value={`lane ${name}`}>
              {name}
            </option>
          ))}
        </optgroup>
      </SelectField>
      <ChoiceFilter
        label={text.since}
        value={query.since}
        choices={runPeriods}
        names={text.periods}
        any={text.any}
        testId="filter-since"
        onChange={(since) => onChange({ since })}
      />
      <ChoiceFilter
        label={text.status}
        value={query.status}
        choices={runStatuses}
        names={text.statuses}
        any={text.any}
        testId="filter-status"
        onChange={(status) => onChange({ status })}
      />
      <SelectField
        label={text.sort}
        value={query.sort}
        testId="sort"
        onChange={(value) => onChange({ sort: runSorts.find((sort) => sort === value) ?? 'newest' })}
      >
        {runSorts.map((sort) => (
          <option key={sort} value={sort}>
            {text.sorts[sort]}
          </option>
        ))}
      </SelectField>
    </search>
  )
}

/** Names once each, in their order; a name of the address counts even when no run has it. */
function named(names: readonly string[]): readonly string[] {
  return [...new Set(names)].filter((name) => name !== '').toSorted((a, b) => a.localeCompare(b))
}
