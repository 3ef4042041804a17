import type { ReactNode } from 'react'

/** One row: the cell that names it, and the others. */
export interface DataRow {
  readonly id: string
  readonly cells: readonly ReactNode[]
}

/** A table that scrolls by itself where the window is narrow; the first cell of a row names it. */
export function DataTable(props: {
  readonly label: string
  readonly heads: readonly ReactNode[]
  readonly rows: readonly DataRow[]
  readonly compact?: boolean
}): ReactNode {
  return (
    <div className="scroll" role="region" aria-label={props.label} tabIndex={0}>
      <table data-compact={props.compact}>
        <thead>
          <tr>
            {props.heads.map((head, place) => (
              <th key={place} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.rows.map(({ id, cells: [first, ...others] }) => (
            <tr key={id}>
              <th scope="row">{first}</th>
              {others.map((cell, place) => (
                <td key={place}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
