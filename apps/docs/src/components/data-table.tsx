import type { ReactNode } from 'react'

/** One row: the cell that names it, and the others. */
export interface DataRow {
  readonly id: string
  readonly cells: readonly ReactNode[]
}

/**
 * A table whose first cell names the row. On a phone a row becomes a card; a compact table scrolls by itself instead.
 */
export function DataTable(props: {
  readonly label: string
  readonly heads: readonly string[]
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
                <td key={place} data-column={props.heads[place + 1]}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
