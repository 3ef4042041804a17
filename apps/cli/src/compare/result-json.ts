import { compareLanes } from '@parley/compare'
import type { Comparison, ThresholdResult } from '@parley/compare'

/** What scripts read: each lane's summaries, ready for use, beside the exports they were computed from. */
export function comparisonResult(comparison: Comparison): object {
  const rows = compareLanes(comparison)
  return {
    id: comparison.id,
    title: comparison.title,
    scenario: comparison.scenario?.name,
    status: comparison.status,
    lanes: comparison.lanes.map(({ label, backend, model }) => {
      const runs = comparison.runs.filter(({ lane }) => lane.label === label)
      const expectations = runs.flatMap((run) => run.expectations)
      const measures = rows.map(({ measure, cells }) => {
        const cell = cells.find((other) => other.label === label)
        return [
          measure.name,
          { unit: measure.unit, ...cell?.summary, values: cell?.values, difference: cell?.difference },
        ] as const
      })
      return {
        label,
        backend,
        model,
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

/** What became of a threshold. */
export function thresholdResult({ threshold, verdict, value, message }: ThresholdResult): object {
  return { threshold: threshold.text, verdict, value, message }
}
