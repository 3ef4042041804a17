'use client'

import {
  costOf,
  formatValue,
  measureDefinitions,
  measures,
  noPassReason,
  observe,
  passesOf,
  passesText,
  summarise,
  type Comparison,
  type LaneRun,
  type MeasureName,
} from '@parley/compare'
import type { JSX } from 'react'
import { useCompareText } from '../../i18n/compare-messages.ts'
import { usePreferences } from '../../i18n/page-preferences.tsx'

/** The measures that stand under a lane; all of them are in the table below the lanes. */
const shown: readonly MeasureName[] = [
  'first_audio',
  'first_text',
  'first_transcript',
  'interruption',
  'turn_errors',
  'wer',
  'expected',
]

/** The figures of one lane over its repeats. */
export function LaneNumbers(props: {
  readonly comparison: Comparison
  readonly label: string
  readonly run: LaneRun | undefined
}): JSX.Element {
  const { comparison, label, run } = props
  const { language } = usePreferences()
  const { numbers: text, stage } = useCompareText()
  const price = run?.price.kind
  const cost = run && costOf(run)
  const passes = passesOf(comparison, label)
  if (passes.begun > 0 && passes.counted === 0) {
    return (
      <p className="field-hint" data-testid="lane-no-numbers">
        {passesText(passes, language)}: {noPassReason(passes, language)}
      </p>
    )
  }
  return (
    <dl className="lane-numbers" data-testid="lane-numbers">
      {shown.map((name) => {
        const measure = measures.find((candidate) => candidate.name === name)
        const summary = summarise(observe(comparison, label, name))
        if (!measure || !summary) return null
        const value = (number: number): string => formatValue(number, measure.unit, language)
        return (
          <div key={name} data-measure={name} data-value={summary.median}>
            <dt>{measureDefinitions[name][language].title}</dt>
            <dd>
              {value(summary.median)}
              {summary.count > 1 && measure.unit === 'ms' && <small>{text.p95(value(summary.p95))}</small>}
            </dd>
          </div>
        )
      })}
      {run && (
        <div>
          <dt>{stage.cost}</dt>
          <dd>
            {price === 'free'
              ? stage.free
              : cost === undefined
                ? stage.unknownCost
                : formatValue(cost, 'usd', language)}
          </dd>
        </div>
      )}
    </dl>
  )
}
