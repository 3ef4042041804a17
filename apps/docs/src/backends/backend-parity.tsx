import Link from 'next/link'
import type { ReactNode } from 'react'
import { DataTable } from '../components/data-table.tsx'
import { ParityMark } from '../components/parity-table.tsx'
import { parity } from '../reference/parity.ts'
import type { Language } from '../site/language.ts'
import { backendWords } from './backend-words.ts'

const heads = {
  en: ['Scenario', 'Result', 'Note'],
  de: ['Szenario', 'Ergebnis', 'Anmerkung (englisch)'],
} as const

/** The row of one backend in the parity run, for clients of the GA dialect. */
export function BackendParity(props: { readonly name: string; readonly language: Language }): ReactNode {
  const words = backendWords[props.language]
  // The local backend is the cascade with engines of its own.
  const provider = props.name === 'local' ? 'cascade' : props.name
  const cells = parity.cells.filter((cell) => cell.provider === provider && cell.dialect === 'openai-ga')
  if (cells.length === 0 || parity.generatedAt === null) return <p>{words.noParity}</p>
  const titles = new Map(parity.scenarios.map(({ id, title }) => [id, title]))
  return (
    <>
      <p className="quiet">
        {words.parityLead(parity.generatedAt, provider !== 'cascade')}{' '}
        <Link href="/parity/">{words.parityAll}</Link>.
      </p>
      <DataTable
        label={`${words.parity}: ${props.name}`}
        compact
        heads={heads[props.language]}
        rows={cells.map((cell) => ({
          id: cell.scenario,
          cells: [
            titles.get(cell.scenario) ?? cell.scenario,
            <ParityMark key="mark" cell={cell} />,
            cell.note,
          ],
        }))}
      />
    </>
  )
}
