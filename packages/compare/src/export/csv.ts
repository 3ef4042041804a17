import { roundValue } from '../measures/format-value.ts'
import { measures } from '../measures/measures.ts'
import type { Comparison } from '../run/comparison.ts'

const header = [
  'comparison',
  'title',
  'created_at',
  'scenario',
  'lane',
  'backend',
  'model',
  'repeat',
  'outcome',
  'measure',
  'unit',
  'observation',
  'value',
]

/**
 * One row for each observation of each run, after a header, as RFC 4180: lines end with CRLF, decimals have a
 * point. Repeats and observations count from 1. Stopped and failed passes have rows too: those of a summary are the
 * ones whose `outcome` is `completed`.
 */
export function toCsv(comparison: Comparison): string {
  const { id, title, createdAt, scenario, runs } = comparison
  const rows = runs.flatMap((run) =>
    measures.flatMap(({ name, unit, observe }) =>
      observe(run, scenario).map((value, index) => [
        id,
        title,
        new Date(createdAt).toISOString(),
        scenario?.name ?? '',
        run.lane.label,
        run.lane.backend,
        run.model,
        run.repeat + 1,
        run.outcome,
        name,
        unit,
        index + 1,
        roundValue(value, unit),
      ]),
    ),
  )
  return [header, ...rows].map((row) => `${row.map(csvCell).join(',')}\r\n`).join('')
}

/** One cell as RFC 4180 has it; a text that a spreadsheet would take for a formula begins with an apostrophe. */
export function csvCell(value: string | number): string {
  if (typeof value === 'number') return String(value)
  const harmless = /^[=+\-@\t\r\n]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
