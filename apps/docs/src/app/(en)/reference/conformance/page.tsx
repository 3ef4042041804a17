import type { ReactNode } from 'react'
import { Code } from '../../../../components/code.tsx'
import { DataTable } from '../../../../components/data-table.tsx'
import { reference } from '../../../../reference/read-reference.ts'
import { SectionPage } from '../../../../site/section-page.tsx'
import { pageMetadata } from '../../../../site/shell.tsx'

const lead =
  'What parley conformance checks of a server that speaks OpenAI Realtime or Voice Live, clause by clause, each with the document it comes from.'

export const metadata = pageMetadata({
  path: '/reference/conformance/',
  language: 'en',
  title: 'Conformance clauses',
  description: lead,
})

export default function Page(): ReactNode {
  const groups = [...new Set(reference.clauses.map(({ id }) => groupOf(id)))]
  return (
    <SectionPage
      language="en"
      path="/reference/conformance/"
      title="Conformance clauses"
      lead={lead}
      wide
      sections={[
        {
          id: 'run',
          title: 'Run them',
          body: (
            <>
              <Code>npx parley conformance ws://127.0.0.1:8787/v1/realtime --model local</Code>
              <p>
                The exit code is 1 when a <code>must</code> fails and 2 when the server cannot be reached.{' '}
                <code>--without</code> leaves out what a server does not have, <code>--json</code> prints the
                score card for machines.
              </p>
            </>
          ),
        },
        ...groups.map((group) => ({ id: group, title: group, body: <Clauses group={group} /> })),
      ]}
    />
  )
}

function Clauses({ group }: { readonly group: string }): ReactNode {
  return (
    <DataTable
      label={`Clauses: ${group}`}
      heads={['Clause', 'Level', 'What it says', 'Needs', 'Dialects', 'Source']}
      rows={reference.clauses
        .filter(({ id }) => groupOf(id) === group)
        .map(({ id, level, title, needs, dialects, source }) => ({
          id,
          cells: [
            <code key="id">{id}</code>,
            level,
            title,
            needs.join(', '),
            dialects.join(', '),
            <a key="source" href={source.url}>
              {source.title}
            </a>,
          ],
        }))}
    />
  )
}

function groupOf(id: string): string {
  return id.split('.')[0] ?? id
}
