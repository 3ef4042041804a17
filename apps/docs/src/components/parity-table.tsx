import type { ReactNode } from 'react'
import type { Parity, ParityCell } from '../reference/parity.ts'
import { DataTable } from './data-table.tsx'

const marks = { native: '✓', supplied: '+', unsupported: '–', failed: '✗' } as const
const words = {
  native: 'the backend does it',
  supplied: 'Parley does it',
  unsupported: 'cannot be had',
  failed: 'went wrong',
} as const

/** Every scenario on every backend through clients of one dialect, with the notes below. */
export function ParityTable(props: { readonly parity: Parity; readonly dialect: string }): ReactNode {
  const { parity, dialect } = props
  const cells = parity.cells.filter((cell) => cell.dialect === dialect)
  const noted = cells.filter(({ note }) => note !== '')
  const titles = new Map(parity.scenarios.map(({ id, title }) => [id, title]))
  return (
    <section aria-labelledby={`parity-${dialect}`}>
      <h2 id={`parity-${dialect}`}>Clients of {dialect}</h2>
      <DataTable
        label={`Parity for clients of ${dialect}`}
        compact
        heads={['Scenario', ...parity.providers]}
        rows={parity.scenarios.map(({ id, title }) => ({
          id,
          cells: [
            title,
            ...parity.providers.map((provider) => (
              <ParityMark key={provider} cell={find(cells, id, provider)} />
            )),
          ],
        }))}
      />
      {noted.length > 0 && (
        <details>
          <summary>What the marks mean here</summary>
          <ul>
            {noted.map(({ scenario, provider, result, note }) => (
              <li key={`${scenario} ${provider}`}>
                {titles.get(scenario) ?? scenario} on {provider} ({words[result]}): {note}
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  )
}

function find(cells: readonly ParityCell[], scenario: string, provider: string): ParityCell | undefined {
  return cells.find((cell) => cell.scenario === scenario && cell.provider === provider)
}

/** The sign of one result, with its words for those who do not see it. */
export function ParityMark({ cell }: { readonly cell: ParityCell | undefined }): ReactNode {
  if (!cell) return <span className="visually-hidden">not run</span>
  return (
    <span className="result" data-result={cell.result} title={cell.note || words[cell.result]}>
      <span aria-hidden="true">{marks[cell.result]}</span>
      <span className="visually-hidden">{words[cell.result]}</span>
    </span>
  )
}
