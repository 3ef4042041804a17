import type { Mark } from '@parley/compare'

/** One row of the table of moments: a moment, or several late frames in a row. */
export interface MarkRow {
  /** The first of them. */
  readonly mark: Mark
  readonly count: number
  /** Most that a frame was late, ms; 0 for other moments. */
  readonly mostLateMs: number
}

/** Moments as rows: frames that were sent late one after the other are one row. */
export function markRows(marks: readonly Mark[]): readonly MarkRow[] {
  const rows: MarkRow[] = []
  for (const mark of marks) {
    const lateMs = mark.type === 'late_frame' ? mark.lateMs : 0
    const last = rows.at(-1)
    if (mark.type === 'late_frame' && last?.mark.type === 'late_frame') {
      rows[rows.length - 1] = {
        ...last,
        count: last.count + 1,
        mostLateMs: Math.max(last.mostLateMs, lateMs),
      }
    } else {
      rows.push({ mark, count: 1, mostLateMs: lateMs })
    }
  }
  return rows
}
