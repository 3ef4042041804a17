import { compareLanes, describeLane, roundValue, warningsOf, warningText, wasReached } from '@parley/compare'
import type { Comparison, LaneCell, Measure, ThresholdResult } from '@parley/compare'

/** What scripts read: each lane's summaries, ready for use, beside the exports they were computed from. */
export function comparisonResult(comparison: Comparison): object {
  const rows = compareLanes(comparison)
  return {
    id: comparison.id,
    title: comparison.title,
    scenario: comparison.scenario?.name,
    status: comparison.status,
    warnings: warningsOf(comparison).map((warning) => ({
      kind: warning.kind,
      text: warningText(warning, 'en'),
    })),
    lanes: comparison.lanes.map((lane) => {
      const { label, backend, model } = lane
      const runs = comparison.runs.filter((run) => run.lane.label === label)
      const expectations = runs.flatMap((run) => run.expectations.filter(wasReached))
      const measures = rows.map(({ measure, cells }) => {
        const cell = cells.find((other) => other.label === label)
        return [measure.name, { unit: measure.unit, ...cellResult(cell, measure) }] as const
      })
      return {
        label,
        backend,
        model,
        settings: describeLane(lane, 'en'),
        passes: {
          completed: runs.filter(({ outcome }) => outcome === 'completed').length,
          failed: runs.filter(({ outcome }) => outcome === 'failed').length,
          wanted: comparison.repeats,
        },
        expectations: { met: expectations.filter(({ met }) => met).length, of: expectations.length },
        measures: Object.fromEntries(measures),
      }
    }),
  }
}

function cellResult(cell: LaneCell | undefined, { unit }: Measure): object {
  if (cell === undefined) return {}
  const { summary, values, difference } = cell
  return {
    ...rounded(summary, unit),
    values: values.map((value) => roundValue(value, unit)),
    ...(difference && { difference: differenceResult(difference, unit) }),
  }
}

/** A difference without the noise of floating point. */
export function differenceResult(
  { interval, ...difference }: NonNullable<LaneCell['difference']>,
  unit: Measure['unit'],
): object {
  return { ...rounded(difference, unit), ...(interval && { interval: rounded(interval, unit) }) }
}

/** The same fields, those that are numbers without the noise of floating point. */
function rounded(fields: object | undefined, unit: Measure['unit']): object {
  return Object.fromEntries(
    Object.entries(fields ?? {}).map(([name, value]: [string, unknown]) => [
      name,
      typeof value === 'number' ? roundValue(value, unit) : value,
    ]),
  )
}

/** What became of a threshold. */
export function thresholdResult({ threshold, verdict, value, message }: ThresholdResult): object {
  return { threshold: threshold.text, verdict, value, message }
}
