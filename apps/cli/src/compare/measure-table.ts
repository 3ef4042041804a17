import { formatValue, measureDefinitions } from '@parley/compare'
import type { LaneCell, Measure, MeasureRow, Summary } from '@parley/compare'
import { tableLines } from '../terminal/table.ts'
import { textWidth } from '../terminal/terminal.ts'

/** What a table of measures is made for. */
export interface MeasureTableOptions {
  /** Columns of the terminal; `Infinity` where lines may be of any length. */
  readonly width: number
  /** What differences are to; the first lane by default. */
  readonly reference?: string
}

/** What is shown of each lane beside its median. */
interface Details {
  readonly p95: boolean
  readonly interval: boolean
}

const everything: Details = { p95: true, interval: true }

/** From the fullest to the barest. */
const fewerDetails: readonly Details[] = [
  everything,
  { p95: false, interval: true },
  { p95: true, interval: false },
  { p95: false, interval: false },
]

/**
 * A table of measures: median and p95 of each lane, and the difference to the first lane with its interval. Where the
 * lanes do not fit side by side, not even without p95, they come one below the other.
 */
export function measureTable(
  labels: readonly string[],
  rows: readonly MeasureRow[],
  { width, reference = labels[0] ?? '' }: MeasureTableOptions,
): readonly string[] {
  const fits = (lines: readonly string[]): boolean => lines.every((line) => textWidth(line) <= width)
  for (const details of fewerDetails.slice(0, 2)) {
    const lines = tableOf(labels, rows, { details, reference, hasNames: true })
    if (fits(lines)) return lines
  }
  return labels.flatMap((label, index) => {
    const blocks = fewerDetails.map((details) =>
      tableOf([label], rows, { details, reference, hasNames: false }),
    )
    return [...(index === 0 ? [] : ['']), `${label}:`, ...(blocks.find(fits) ?? blocks.at(-1) ?? [])]
  })
}

function tableOf(
  labels: readonly string[],
  rows: readonly MeasureRow[],
  {
    details,
    reference,
    hasNames,
  }: { readonly details: Details; readonly reference: string; readonly hasNames: boolean },
): readonly string[] {
  const lanes = labels.map((label) => {
    const cells = rows.map((row) => row.cells.find((cell) => cell.label === label))
    return { label, cells, differs: cells.some((cell) => cell?.difference !== undefined) }
  })
  const columns = lanes.flatMap(({ label, differs }) => [
    hasNames ? `${label} median` : 'median',
    ...(details.p95 ? ['p95'] : []),
    ...(differs ? [`to ${reference}`] : []),
  ])
  return tableLines({
    head: ['', ...columns],
    rows: rows.map(({ measure }, row) => [
      measureDefinitions[measure.name].en.title,
      ...lanes.flatMap(({ cells, differs }) => {
        const cell = cells[row]
        return [
          valueText(cell?.summary, 'median', measure),
          ...(details.p95 ? [valueText(cell?.summary, 'p95', measure)] : []),
          ...(differs ? [differenceText(cell, measure, details)] : []),
        ]
      }),
    ]),
    rightAligned: new Set(columns.map((_, index) => index + 1)),
  })
}

function valueText(summary: Summary | undefined, statistic: 'median' | 'p95', { unit }: Measure): string {
  return summary === undefined ? '-' : formatValue(summary[statistic], unit, 'en')
}

function differenceText(cell: LaneCell | undefined, { unit }: Measure, details: Details): string {
  if (cell?.difference === undefined) return '-'
  const { shift, interval } = cell.difference
  const signed = (value: number): string => formatValue(value, unit, 'en', { signed: true })
  const range =
    interval === undefined || !details.interval
      ? ''
      : ` (${signed(interval.low)} .. ${signed(interval.high)})`
  return signed(shift) + range
}
