'use client'

import {
  compareLanes,
  formatValue,
  measureDefinitions,
  noPassReason,
  passesOf,
  passesText,
  verdictOf,
  warningsOf,
  warningText,
  type Comparison,
  type LaneCell,
  type Measure,
} from '@parley/compare'
import { useMemo, type JSX } from 'react'
import { useCompareText } from '../../i18n/compare-messages.ts'
import { usePreferences } from '../../i18n/page-preferences.tsx'
import type { ShownLane } from './shown-lane.ts'

/** Every measure of every lane, with the difference to the first lane and what each measure is. */
export function NumbersTable(props: {
  readonly comparison: Comparison
  readonly lanes: readonly ShownLane[]
}): JSX.Element {
  const { comparison, lanes } = props
  const { numbers: text } = useCompareText()
  const { language } = usePreferences()
  const warnings = useMemo(() => warningsOf(comparison), [comparison])
  const rows = useMemo(() => compareLanes(comparison), [comparison])
  const reference = lanes.find(({ label }) => label === comparison.lanes[0]?.label)
  return (
    <section className="numbers" aria-labelledby="numbers-title" data-testid="numbers">
      <h2 id="numbers-title">{text.title}</h2>
      {rows.length === 0 && <p className="field-hint">{text.empty}</p>}
      {warnings.map((warning) => {
        const said = warningText(warning, language)
        return (
          <p key={said} className="numbers-warning" role="note" data-warning={warning.kind}>
            {said}
          </p>
        )
      })}
      {rows.length > 0 && (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scroll area must be reached by keys
        <div className="numbers-scroll" tabIndex={0} role="region" aria-label={text.title}>
          <table>
            <thead>
              <tr>
                <th scope="col">{text.measure}</th>
                {lanes.map((lane) => (
                  <th key={lane.label} scope="col" data-lane={lane.color}>
                    <span className="lane-letter" aria-hidden="true">
                      {lane.letter}
                    </span>
                    {lane.name}
                    {lane.about !== '' && <small>{lane.about}</small>}
                    {lane === reference && lanes.length > 1 && <small>{text.reference}</small>}
                    <PassesNote comparison={comparison} label={lane.label} />
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map(({ measure, cells }) => {
                const { title, definition } = measureDefinitions[measure.name][language]
                return (
                  <tr key={measure.name} data-measure={measure.name}>
                    <th scope="row">
                      <details className="definition">
                        <summary aria-label={text.definition(title)}>{title}</summary>
                        <p>{definition}</p>
                      </details>
                      <small>{text.better[measure.better]}</small>
                    </th>
                    {lanes.map(({ label }) => (
                      <Cell
                        key={label}
                        cell={cells.find((candidate) => candidate.label === label)}
                        measure={measure}
                        reference={reference?.letter ?? ''}
                      />
                    ))}
                  </tr>
                )
              })}
            </tbody>
          </table>
        </div>
      )}
    </section>
  )
}

/** How many passes of a lane count, where not all do, and why none does. */
function PassesNote(props: { readonly comparison: Comparison; readonly label: string }): JSX.Element | null {
  const { language } = usePreferences()
  const passes = passesOf(props.comparison, props.label)
  if (passes.counted === passes.begun && passes.begun > 0) return null
  return (
    <small>
      {[passesText(passes, language), ...(passes.counted === 0 ? [noPassReason(passes, language)] : [])].join(
        ': ',
      )}
    </small>
  )
}

function Cell(props: {
  readonly cell: LaneCell | undefined
  readonly measure: Measure
  readonly reference: string
}): JSX.Element {
  const { cell, measure } = props
  const { numbers: text } = useCompareText()
  const { language, format } = usePreferences()
  if (!cell?.summary) return <td className="numbers-none">{text.none}</td>
  const { summary, difference } = cell
  const value = (number: number, signed = false): string =>
    formatValue(number, measure.unit, language, { signed })
  const verdict = difference && verdictOf(difference, measure.better)
  const isSure = verdict === 'better' || verdict === 'worse'
  return (
    <td data-value={summary.median}>
      <span className="numbers-median">{value(summary.median)}</span>
      {summary.count > 1 && (
        <small>
          {text.p95(value(summary.p95))}
          <br />
          {text.range(value(summary.min), value(summary.max))} · {text.count(format.integer(summary.count))}
        </small>
      )}
      {difference && difference.shift !== 0 && (
        <small className="numbers-difference" data-good={isSure ? verdict === 'better' : undefined}>
          {text.difference(value(difference.shift, true), props.reference)}
          {' · '}
          {difference.interval
            ? `${isSure ? text.clear : text.unclear}, ${text.interval(
                value(difference.interval.low, true),
                value(difference.interval.high, true),
              )}`
            : text.noInterval}
        </small>
      )}
    </td>
  )
}
