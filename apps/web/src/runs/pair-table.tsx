'use client'

import {
  compareRuns,
  formatValue,
  measureDefinitions,
  summarise,
  observe,
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
  const rows = useMemo(() => compareRuns(before, after), [before, after])
  return (
    <section className="run-part" aria-labelledby="pair-title" data-testid="pair-table">
      <h2 id="pair-title">{numbers.title}</h2>
      <p className="field-hint">{text.intervalHint}</p>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scroll area must be reached by keys */}
      <div className="numbers-scroll" tabIndex={0} role="region" aria-label={numbers.title}>
        <table className="plain-table pair-table">
          <thead>
            <tr>
              <th scope="col">{text.measure}</th>
              <th scope="col">{text.before}</th>
              <th scope="col">{text.after}</th>
              <th scope="col">{text.difference}</th>
            </tr>
          </thead>
          {labels.map((label, place) => (
            <tbody key={label} data-lane={laneTone(place)} data-label={label}>
              <tr className="pair-lane">
                <th scope="rowgroup" colSpan={4}>
                  <span className="lane-letter" aria-hidden="true">
                    {laneLetter(place)}
                  </span>
                  {label}
                </th>
              </tr>
              {rows.flatMap(({ measure, cells }) => {
                const cell = cells.find((candidate) => candidate.label === label)
                const earlier = summarise(observe(before, label, measure.name))
                if (!cell || (!cell.summary && !earlier)) return []
                return <PairRow key={measure.name} measure={measure} cell={cell} before={earlier} />
              })}
            </tbody>
          ))}
        </table>
      </div>
    </section>
  )
}

function PairRow(props: {
  readonly measure: Measure
  readonly cell: LaneCell
  readonly before: Summary | undefined
}): JSX.Element {
  const { measure, cell, before } = props
  const { language } = usePreferences()
  const { title, definition } = measureDefinitions[measure.name][language]
  return (
    <tr data-measure={measure.name}>
      <th scope="row" title={definition}>
        {title}
      </th>
      <Median summary={before} unit={measure.unit} />
      <Median summary={cell.summary} unit={measure.unit} />
      <td>{cell.difference ? <Change difference={cell.difference} measure={measure} /> : '–'}</td>
    </tr>
  )
}

function Median(props: {
  readonly summary: Summary | undefined
  readonly unit: Measure['unit']
}): JSX.Element {
  const { summary, unit } = props
  const { pair: text } = useRunsText()
  const { language, format } = usePreferences()
  if (!summary) return <td className="numbers-none">{text.none}</td>
  return (
    <td data-value={summary.median}>
      <b>{formatValue(summary.median, unit, language)}</b>
      <small>{summary.count === 1 ? text.single1 : text.count(format.integer(summary.count))}</small>
    </td>
  )
}

function Change(props: { readonly difference: Difference; readonly measure: Measure }): JSX.Element {
  const { shift, interval } = props.difference
  const { unit, better } = props.measure
  const { pair: text } = useRunsText()
  const { language } = usePreferences()
  const show = (value: number): string => formatValue(value, unit, language, { signed: true })
  const isClear = interval !== undefined && (interval.low > 0 || interval.high < 0)
  const isSame = shift === 0 && (interval === undefined || (interval.low === 0 && interval.high === 0))
  const isBetter = better === 'lower' ? shift < 0 : shift > 0
  const verdict = isSame ? 'same' : !isClear ? 'open' : isBetter ? 'better' : 'worse'
  return (
    <span className="pair-change" data-verdict={verdict}>
      <b>{isSame ? text.verdicts.same : show(shift)}</b>
      {!isSame && (
        <small>
          {interval === undefined
            ? text.noInterval
            : `${text.interval(show(interval.low), show(interval.high))} · ${text.verdicts[verdict]}`}
        </small>
      )}
    </span>
  )
}
