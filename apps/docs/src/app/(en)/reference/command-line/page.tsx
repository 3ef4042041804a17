import type { ReactNode } from 'react'
import { Code } from '../../../../components/code.tsx'
import { DataTable } from '../../../../components/data-table.tsx'
import { toId } from '../../../../content/headings.ts'
import { reference } from '../../../../reference/read-reference.ts'
import type { ReferenceCommand } from '../../../../reference/reference.ts'
import { SectionPage } from '../../../../site/section-page.tsx'
import { pageMetadata } from '../../../../site/shell.tsx'

const lead =
  'Comparing, talking, checking and replaying without a browser. Without --gateway the command line starts a gateway of its own and stops it.'

export const metadata = pageMetadata({
  path: '/reference/command-line/',
  language: 'en',
  title: 'Command line',
  description: lead,
})

export default function Page(): ReactNode {
  return (
    <SectionPage
      language="en"
      path="/reference/command-line/"
      title="Command line"
      lead={lead}
      sections={reference.commands.map((command) => ({
        id: toId(command.name),
        title: `parley ${command.name}`,
        body: <CommandFacts command={command} />,
      }))}
    />
  )
}

function CommandFacts({ command }: { readonly command: ReferenceCommand }): ReactNode {
  const { name, usage, description, arguments: given, options } = command
  const rows = [
    ...given.map((each) => ({ what: each.name, meaning: each.description, usual: '' })),
    ...options.map(({ flags, description: meaning, choices, usual }) => ({
      what: flags,
      meaning: choices.length === 0 ? meaning : `${meaning} (${choices.join(', ')})`,
      usual,
    })),
  ]
  return (
    <>
      <p>{description.replace(/\.?$/, '.')}</p>
      <Code>{usage}</Code>
      {rows.length > 0 && (
        <DataTable
          label={`Options of parley ${name}`}
          heads={['Option', 'Meaning', 'Without it']}
          rows={rows.map(({ what, meaning, usual }) => ({
            id: what,
            cells: [<code key="what">{what}</code>, meaning, usual],
          }))}
        />
      )}
    </>
  )
}
