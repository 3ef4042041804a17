import type { ReactNode } from 'react'
import { Code } from '../../../../components/code.tsx'
import { DataTable } from '../../../../components/data-table.tsx'
import { scenarioKeys, scenarioSteps } from '../../../../facts/scenario-steps.ts'
import { reference } from '../../../../reference/read-reference.ts'
import { SectionPage } from '../../../../site/section-page.tsx'
import { pageMetadata } from '../../../../site/shell.tsx'

const lead =
  'A conversation as a script in YAML: the same words at the same pace for every lane of a comparison. A file that is wrong is refused with the line and what was probably meant.'

export const metadata = pageMetadata({
  path: '/reference/scenarios/',
  language: 'en',
  title: 'Scenario files',
  description: lead,
})

export default function Page(): ReactNode {
  const { keys, required, steps } = reference.scenarioSchema
  return (
    <SectionPage
      language="en"
      path="/reference/scenarios/"
      title="Scenario files"
      lead={lead}
      sections={[
        {
          id: 'file',
          title: 'The file',
          body: (
            <DataTable
              label="Keys of a scenario"
              heads={['Key', 'Needed', 'Meaning']}
              rows={keys.map((key) => ({
                id: key,
                cells: [
                  <code key="key">{key}</code>,
                  required.includes(key) ? 'Yes' : 'No',
                  scenarioKeys[key] ?? '',
                ],
              }))}
            />
          ),
        },
        {
          id: 'steps',
          title: 'Steps',
          body: (
            <>
              <p>
                A step is named by one of these keys. Times are ms, or text such as <code>800ms</code> or{' '}
                <code>2s</code>.
              </p>
              <DataTable
                label="Steps of a scenario"
                heads={['Step', 'Further keys', 'Meaning']}
                rows={steps.map(({ name, keys: further }) => ({
                  id: name,
                  cells: [
                    <code key="name">{name}</code>,
                    further.join(', '),
                    scenarioSteps.find((step) => step.name === name)?.meaning ?? '',
                  ],
                }))}
              />
            </>
          ),
        },
        { id: 'shipped', title: 'What is shipped', body: <p>Each of these files is run as it stands.</p> },
        ...reference.scenarios.map(({ name, title, description, text }) => ({
          id: name,
          title,
          level: 3 as const,
          body: (
            <>
              <p>{description}</p>
              <details>
                <summary>{name}.yaml</summary>
                <Code>{text}</Code>
              </details>
            </>
          ),
        })),
      ]}
    />
  )
}
