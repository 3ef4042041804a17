import type { ReactNode } from 'react'
import { ParityTable } from '../../../components/parity-table.tsx'
import { parity } from '../../../reference/parity.ts'
import { PageFrame } from '../../../site/page-frame.tsx'
import { pageMetadata } from '../../../site/shell.tsx'

const lead =
  'The same things people do with a voice backend, done with every backend through every kind of client. Each cell is what came out of a run, not what we believe.'

export const metadata = pageMetadata({ path: '/parity/', language: 'en', title: 'Parity', description: lead })

export default function Page(): ReactNode {
  return (
    <PageFrame
      language="en"
      path="/parity/"
      title="Parity"
      lead={lead}
      wide
      headings={parity.dialects.map((dialect) => ({
        id: `parity-${dialect}`,
        title: `Clients of ${dialect}`,
        level: 2,
      }))}
    >
      <dl className="legend">
        <div data-result="native">
          <dt>✓</dt>
          <dd>The backend does it</dd>
        </div>
        <div data-result="supplied">
          <dt>+</dt>
          <dd>Parley does it in its place</dd>
        </div>
        <div data-result="unsupported">
          <dt>–</dt>
          <dd>Cannot be had, and the client is told</dd>
        </div>
        <div data-result="failed">
          <dt>✗</dt>
          <dd>Went wrong</dd>
        </div>
      </dl>
      {parity.cells.length === 0 ? (
        <p className="note" data-testid="parity-empty">
          Nothing yet: the suite has not been run on this checkout.
        </p>
      ) : (
        <>
          <p className="quiet">
            Run on {parity.generatedAt} against strict stand-ins of each service’s wire, and for the cascade
            with scripted engines. A cell says more when it is pointed at, and below the table.
          </p>
          {parity.dialects.map((dialect) => (
            <ParityTable key={dialect} parity={parity} dialect={dialect} />
          ))}
        </>
      )}
    </PageFrame>
  )
}
