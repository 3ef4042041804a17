import { textWidth } from './terminal.ts'

/** A table for a terminal: the first row is the head, columns are as wide as their widest cell. */
export interface TextTable {
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
  /** Columns whose cells end at the same place, as numbers do. */
  readonly rightAligned: ReadonlySet<number>
}

/** Lines of a table, without spaces at their ends. */
export function tableLines({ head, rows, rightAligned }: TextTable): readonly string[] {
  const all = [head, ...rows]
  const widths = head.map((_, column) => Math.max(...all.map((row) => textWidth(row[column] ?? ''))))
  return all.map((row) =>
    widths
      .map((width, column) => {
        const cell = row[column] ?? ''
        const space = ' '.repeat(width - textWidth(cell))
        return rightAligned.has(column) ? space + cell : cell + space
      })
      .join('  ')
      .trimEnd(),
  )
}
