'use client'

import { wasReached, type Comparison } from '@parley/compare'
import type { JSX } from 'react'
import { usePreferences } from '../i18n/page-preferences.tsx'
import { useRunsText } from '../i18n/runs-messages.ts'
import { expectationWords } from './expectation-words.ts'
import { laneLetter, laneTone } from './lane-letter.ts'

/** What the scenario expects, and how often each lane met it over its repeats; nothing where nothing was expected. */
export function ExpectationsSection({ comparison }: { readonly comparison: Comparison }): JSX.Element | null {
  const { expectations: text } = useRunsText()
  const { format } = usePreferences()
  const { lanes, runs, scenario } = comparison
  const expected = new Map(
    runs.flatMap(({ expectations }) =>
      expectations.map((result) => [`${result.step} ${result.expected}`, result] as const),
    ),
  )
  if (expected.size === 0) return null
  const rows = [...expected.values()].toSorted((a, b) => a.step - b.step)
  return (
    <section className="run-part" aria-labelledby="expectations-title" data-testid="expectations">
      <h2 id="expectations-title">{text.title}</h2>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scroll area must be reached by keys */}
      <div className="numbers-scroll" tabIndex={0} role="region" aria-label={text.title}>
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">{text.title}</th>
              {lanes.map(({ label }, place) => (
                <th key={label} scope="col" data-lane={laneTone(place)}>
                  <span className="lane-letter" aria-hidden="true">
                    {laneLetter(place)}
                  </span>
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ step, expected: what }) => (
              <tr key={`${step} ${what}`}>
                <th scope="row">
                  {expectationWords({ step, expected: what }, scenario, text)}
                  <small>{text.step(String(step + 1))}</small>
                </th>
                {lanes.map(({ label }) => {
                  const results = runs
                    .filter(({ lane }) => lane.label === label)
                    .flatMap(({ expectations }) =>
                      expectations.filter(
                        (result) => result.step === step && result.expected === what && wasReached(result),
                      ),
                    )
                  if (results.length === 0) {
                    return (
                      <td key={label} className="numbers-none">
                        {text.notReached}
                      </td>
                    )
                  }
                  const missed = results.filter(({ met }) => !met)
                  return (
                    <td key={label} data-all={missed.length === 0}>
                      <b>
                        {text.met(
                          format.integer(results.length - missed.length),
                          format.integer(results.length),
                        )}
                      </b>
                      {[...new Set(missed.map(({ found }) => found))].slice(0, 3).map((found) => (
                        <small key={found} title={text.found}>
                          {found}
                        </small>
                      ))}
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}
