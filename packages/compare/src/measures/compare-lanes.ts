import type { Comparison } from '../run/comparison.ts'
import { differenceOf, type Difference } from './difference.ts'
import type { Measure, MeasureName, Summary } from './measure.ts'
import { measures } from './measures.ts'
import { countedRuns } from './passes.ts'
import { summarise } from './summarise.ts'

/** One measure of one lane over its completed passes. */
export interface LaneCell {
  /** Label of the lane. */
  readonly label: string
  readonly values: readonly number[]
  /** `undefined` without observations. */
  readonly summary: Summary | undefined
  /** To what it is compared with; `undefined` for the reference itself and without observations on a side. */
  readonly difference: Difference | undefined
}

/** One measure of every lane. */
export interface MeasureRow {
  readonly measure: Measure
  readonly cells: readonly LaneCell[]
}

/**
 * Observations of one lane over its completed passes, in their order; none for a lane the comparison does not have.
 * Stopped and failed passes are left out: see `countedRuns`.
 */
export function observe(comparison: Comparison, label: string, name: MeasureName): readonly number[] {
  const measure = measures.find((other) => other.name === name)
  return measure === undefined ? [] : observationsOf(comparison, label, measure)
}

/** Every measure that has an observation, with each lane's difference to the first lane. */
export function compareLanes(comparison: Comparison): readonly MeasureRow[] {
  return rowsOf((measure) => {
    const observed = comparison.lanes.map(({ label }) => ({
      label,
      values: observationsOf(comparison, label, measure),
    }))
    return observed.map(({ label, values }, index) =>
      cellOf(label, values, index === 0 ? undefined : observed[0]?.values),
    )
  })
}

/**
 * Two comparisons, lane by lane where both have one of that label: measures of `after`, each with its difference to
 * `before`. Lanes of one side alone are in `onlyIn`; what to mind on each side says `warningsOf`.
 */
export function compareRuns(before: Comparison, after: Comparison): readonly MeasureRow[] {
  const shared = after.lanes.filter(({ label }) => before.lanes.some((lane) => lane.label === label))
  return rowsOf((measure) =>
    shared.map(({ label }) =>
      cellOf(label, observationsOf(after, label, measure), observationsOf(before, label, measure)),
    ),
  )
}

/** Labels of the lanes that only one of two comparisons has, each side in its own order. */
export function onlyIn(
  before: Comparison,
  after: Comparison,
): { readonly before: readonly string[]; readonly after: readonly string[] } {
  const labelsOf = ({ lanes }: Comparison): readonly string[] => lanes.map(({ label }) => label)
  const [earlier, later] = [labelsOf(before), labelsOf(after)]
  return {
    before: earlier.filter((label) => !later.includes(label)),
    after: later.filter((label) => !earlier.includes(label)),
  }
}

function rowsOf(cellsOf: (measure: Measure) => readonly LaneCell[]): readonly MeasureRow[] {
  return measures
    .map((measure) => ({ measure, cells: cellsOf(measure) }))
    .filter(({ cells }) => cells.some(({ values }) => values.length > 0))
}

function cellOf(
  label: string,
  values: readonly number[],
  reference: readonly number[] | undefined,
): LaneCell {
  return {
    label,
    values,
    summary: summarise(values),
    difference: reference === undefined ? undefined : differenceOf(values, reference),
  }
}

function observationsOf(comparison: Comparison, label: string, measure: Measure): readonly number[] {
  return countedRuns(comparison, label)
    .toSorted((a, b) => a.repeat - b.repeat)
    .flatMap((run) => measure.observe(run, comparison.scenario))
}
