import generated from '../generated/audio-benchmark.json' with { type: 'json' }
import { list, record, text } from './json-fields.ts'

/** Whether a figure reaches what is wished, what has to be, or neither. */
export type Reached = 'aim' | 'must' | 'missed'

/** A figure with what it has to reach. */
export interface AudioTarget {
  readonly figure: string
  readonly must: string
  /** `undefined` where nothing beyond that is wished. */
  readonly aim: string | undefined
  readonly measured: string
  readonly met: Reached
}

/** Figures side by side. */
export interface AudioTable {
  readonly id: string
  readonly title: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
  readonly targets: readonly AudioTarget[]
}

/** One area of `pnpm --filter @parley/audio bench`, with where and when it was measured. */
export interface AudioSection {
  readonly id: string
  readonly title: string
  readonly tables: readonly AudioTable[]
  /** SVG, as the benchmark drew it. */
  readonly plots: readonly { readonly id: string; readonly title: string; readonly svg: string }[]
  readonly date: string
  readonly machine: string
  readonly node: string
  readonly loadBefore: string
}

const reached: readonly Reached[] = ['aim', 'must', 'missed']

/** Checks what the benchmark wrote. */
export function parseAudioFigures(written: unknown): readonly AudioSection[] {
  return list(record(written)['sections']).map((section) => {
    const measured = record(section)['measured']
    return {
      id: text(section, 'id'),
      title: text(section, 'title'),
      tables: list(record(section)['tables']).map(parseTable),
      plots: list(record(section)['plots']).map((plot) => ({
        id: text(plot, 'id'),
        title: text(plot, 'title'),
        svg: text(plot, 'svg'),
      })),
      date: text(measured, 'date'),
      machine: text(measured, 'machine'),
      node: text(measured, 'node'),
      loadBefore: text(measured, 'loadBefore'),
    }
  })
}

/** The last run of each area. */
export const audioFigures: readonly AudioSection[] = parseAudioFigures(generated)

function parseTable(table: unknown): AudioTable {
  const id = text(table, 'id')
  const columns = list(record(table)['columns']).map(String)
  const rows = list(record(table)['rows']).map((row) => list(row).map(String))
  const ragged = rows.find(({ length }) => length !== columns.length)
  if (ragged !== undefined)
    throw new Error(`Table ${id}: ${ragged.length} cells under ${columns.length} heads`)
  const targets = list(record(table)['targets']).map((target) => {
    const met = reached.find((known) => known === text(target, 'met'))
    if (met === undefined) throw new Error(`Table ${id}: "${text(target, 'met')}" is no result`)
    const aim = text(target, 'aim')
    return {
      figure: text(target, 'figure'),
      must: text(target, 'must'),
      aim: aim === '' ? undefined : aim,
      measured: text(target, 'measured'),
      met,
    }
  })
  return { id, title: text(table, 'title'), columns, rows, targets }
}
