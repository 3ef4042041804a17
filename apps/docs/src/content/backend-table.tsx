import type { ReactNode } from 'react'
import { DataTable } from '../components/data-table.tsx'
import { reference } from '../reference/read-reference.ts'
import type { ReferenceBackend } from '../reference/reference.ts'

/** A table with a row for each backend; `cells` gives what stands beside its title. */
export function BackendTable(props: {
  readonly label: string
  /** Without the one of the titles. */
  readonly heads: readonly string[]
  readonly cells: (backend: ReferenceBackend) => readonly ReactNode[]
}): ReactNode {
  return (
    <DataTable
      label={props.label}
      heads={['Backend', ...props.heads]}
      rows={reference.backends.map((backend) => ({
        id: backend.name,
        cells: [backend.title, ...props.cells(backend)],
      }))}
    />
  )
}
