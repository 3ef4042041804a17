import { compareLanes, formatValue, measureDefinitions } from '@parley/compare'
import type { Comparison, LaneCell, Measure, MeasureRow, Summary } from '@parley/compare'
import { tableLines } from '../terminal/table.ts'
import { failureReason } from './failure-reason.ts'

/** Lines that show what came of a comparison: measures of each lane and how they differ from the first one's. */
export function resultLines(comparison: Comparison): readonly string[] {
  const rows = compareLanes(comparison)
  const labels = comparison.lanes.map(({ label }) => label)
  const passes = comparison.runs.filter(({ outcome }) => outcome === 'completed').length
  const how = comparison.order === 'together' ? 'lanes together' : 'lanes in turn'
  const stopped = comparison.status === 'stopped' ? ', stopped early' : ''
  return [
    `${comparison.title}: ${passes} of ${labels.length * comparison.repeats} passes, ${how}${stopped}`,
    ...(rows.length === 0 ? ['Nothing was observed.'] : measureTable(labels, rows)),
    ...problemLines(comparison),
    ...lateLines(comparison),
    ...smallSampleLines(rows),
  ]
}

/** A table of measures: median and p95 of each lane, and the difference to the first lane with its interval. */
export function measureTable(
  labels: readonly string[],
  rows: readonly MeasureRow[],
  reference = labels[0] ?? '',
): readonly string[] {
  const columns = labels.flatMap((label) => [
    `${label} median`,
    'p95',
    ...(rows.some(({ cells }) => cells.some((cell) => cell.label === label && cell.difference !== undefined))
      ? [`to ${reference}`]
      : []),
  ])
  const differs = new Set(
    labels.filter((label) =>
      rows.some(({ cells }) => cells.some((cell) => cell.label === label && cell.difference !== undefined)),
    ),
  )
  return tableLines({
    head: ['', ...columns],
    rows: rows.map(({ measure, cells }) => [
      measureDefinitions[measure.name].en.title,
      ...labels.flatMap((label) => {
        const cell = cells.find((other) => other.label === label)
        const values = [valueText(cell?.summary, 'median', measure), valueText(cell?.summary, 'p95', measure)]
        return differs.has(label) ? [...values, differenceText(cell, measure)] : values
      }),
    ]),
    rightAligned: new Set(columns.map((_, index) => index + 1)),
  })
}

function valueText(summary: Summary | undefined, statistic: 'median' | 'p95', { unit }: Measure): string {
  return summary === undefined ? '-' : formatValue(summary[statistic], unit, 'en')
}

function differenceText(cell: LaneCell | undefined, { unit }: Measure): string {
  if (cell?.difference === undefined) return '-'
  const { shift, interval } = cell.difference
  const signed = (value: number): string => formatValue(value, unit, 'en', { signed: true })
  const range = interval === undefined ? '' : ` (${signed(interval.low)} .. ${signed(interval.high)})`
  return signed(shift) + range
}

/** Passes that failed and expectations that were not met, each once with how often. */
function problemLines({ runs }: Comparison): readonly string[] {
  const said = runs.flatMap((run) => {
    const { lane, expectations } = run
    const failure = failureReason(run)
    return [
      ...(failure === undefined ? [] : [`${lane.label}: ${failure}`]),
      ...expectations
        .filter(({ met }) => !met)
        .map(({ expected, found }) => `${lane.label}: expected ${expected}, found ${found}`),
    ]
  })
  const counts = new Map<string, number>()
  for (const line of said) counts.set(line, (counts.get(line) ?? 0) + 1)
  return [...counts].map(([line, count]) => (count === 1 ? line : `${line} (${count} times)`))
}

/** Frames of 20 ms that may go out late before the machine is part of what is measured. */
const lateShare = 0.01

/** A plain warning where this machine was too busy to keep the pace of speech. */
function lateLines({ runs }: Comparison): readonly string[] {
  const frames = runs.reduce((sum, { durationMs }) => sum + durationMs / 20, 0)
  const late = runs.reduce(
    (sum, { marks }) => sum + marks.filter(({ type }) => type === 'late_frame').length,
    0,
  )
  if (late <= frames * lateShare) return []
  return [
    `This machine was too busy: ${late} of ${Math.round(frames)} frames of sound went out more than 20 ms late, so waits are longer than they would be. End other programs and repeat.`,
  ]
}

/** A plain warning where there are too few observations of a wait to go by. */
function smallSampleLines(rows: readonly MeasureRow[]): readonly string[] {
  const waits = rows.filter(({ measure }) => measure.unit === 'ms')
  const summaries = waits.flatMap(({ cells }) => cells.flatMap(({ summary }) => summary ?? []))
  const fewest = Math.min(...summaries.map(({ count }) => count))
  if (summaries.some(({ small }) => small === 'median')) {
    return [
      `Few observations (as few as ${fewest}): medians are a matter of luck, and p95 is no more than the largest value. Give --repeat 20.`,
    ]
  }
  return summaries.some(({ small }) => small === 'p95')
    ? [`Few observations (as few as ${fewest}): p95 is little more than the largest value. Give --repeat 20.`]
    : []
}
