'use client'

import {
  compareRuns,
  formatValue,
  measureDefinitions,
  observe,
  summarise,
  verdictOf,
  type Comparison,
  type Difference,
  type LaneCell,
  type Measure,
  type Summary,
} from '@parley/compare'
import { useMemo, type JSX } from 'react'
import { useCompareText } from '../i18n/compare-messages.ts'
import { usePreferences } from '../i18n/page-preferences.tsx'
import { useRunsText } from '../i18n/runs-messages.ts'
import { laneLetter, laneTone } from './lane-letter.ts'

/** Every measure of every lane that both runs have: both medians, and the difference with its interval. */
export function PairTable(props: {
  readonly before: Comparison
  readonly after: Comparison
  readonly labels: readonly string[]
}): JSX.Element {
  const { before, after, labels } = props
  const { pair: text } = useRunsText()
  const { numbers } = useCompareText()
  const { language } = usePreferences()
  const rows = useMemo(() => compareRuns(before, after), [before, after])
  return (
    <section className="run-part" aria-labelledby="pair-title" data-testid="pair-table">
      <h2 id="pair-title">{numbers.title}</h2>
      <p className="field-hint">{text.intervalHint}</p>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scroll area must be reached by keys */}
      <div className="numbers-scroll" tabIndex={0} role="region" aria-label={numbers.title}>
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">{text.measure}</th>
              {labels.map((label, place) => (
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
            {rows.map(({ measure, cells }) => (
              <tr key={measure.name} data-measure={measure.name}>
                <th scope="row" title={measureDefinitions[measure.name][language].definition}>
                  {measureDefinitions[measure.name][language].title}
                  <small>{numbers.better[measure.better]}</small>
                </th>
                {cells.map((cell) => (
                  <PairCell
                    key={cell.label}
                    measure={measure}
                    cell={cell}
                    before={summarise(observe(before, cell.label, measure.name))}
                  />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

function PairCell(props: {
  readonly measure: Measure
  readonly cell: LaneCell
  readonly before: Summary | undefined
}): JSX.Element {
  const { measure, cell, before } = props
  const { summary, difference } = cell
  const { pair: text } = useRunsText()
  const { language, format } = usePreferences()
  if (!summary && !before) return <td className="numbers-none">{text.none}</td>
  const value = (of: Summary | undefined): string =>
    of === undefined ? text.none : formatValue(of.median, measure.unit, language)
  const [earlier, later] = [before?.count ?? 0, summary?.count ?? 0]
  return (
    <td data-label={cell.label} data-before={before?.median} data-after={summary?.median}>
      <span className="pair-values">
        <span className="visually-hidden">{text.before}: </span>
        <span>{value(before)}</span>
        <span className="pair-arrow" aria-hidden="true">
          →
        </span>
        <span className="visually-hidden">, {text.after}: </span>
        <b>{value(summary)}</b>
        <small>
          {earlier === later
            ? text.each(format.integer(later))
            : text.counts(format.integer(earlier), format.integer(later))}
        </small>
      </span>
      {difference && <Change difference={difference} measure={measure} />}
    </td>
  )
}

function Change(props: { readonly difference: Difference; readonly measure: Measure }): JSX.Element {
  const { shift, interval } = props.difference
  const { unit, better } = props.measure
  const { pair: text } = useRunsText()
  const { language } = usePreferences()
  const show = (value: number): string => formatValue(value, unit, language, { signed: true })
  const verdict = verdictOf(props.difference, better)
  if (verdict === 'same') return <small data-verdict="same">{text.verdicts.same}</small>
  const isSure = verdict !== 'open'
  return (
    <small className="pair-change" data-verdict={verdict}>
      {isSure ? <b>{show(shift)}</b> : show(shift)}{' '}
      {interval === undefined
        ? text.noInterval
        : `(${text.interval(show(interval.low), show(interval.high))}) · ${text.verdicts[verdict]}`}
    </small>
  )
}
