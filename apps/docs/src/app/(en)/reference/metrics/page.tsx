import type { ReactNode } from 'react'
import { Code } from '../../../../components/code.tsx'
import { DataTable } from '../../../../components/data-table.tsx'
import { reference } from '../../../../reference/read-reference.ts'
import { SectionPage } from '../../../../site/section-page.tsx'
import { pageMetadata } from '../../../../site/shell.tsx'

const lead =
  'What the gateway counts for Prometheus, at GET /metrics, behind the key when keys are set. Labels have few values, never an id or words of a person.'

export const metadata = pageMetadata({
  path: '/reference/metrics/',
  language: 'en',
  title: 'Metrics',
  description: lead,
})

export default function Page(): ReactNode {
  return (
    <SectionPage
      language="en"
      path="/reference/metrics/"
      title="Metrics"
      lead={lead}
      sections={[
        { id: 'read', title: 'Read them', body: <Code>curl http://127.0.0.1:8787/metrics</Code> },
        {
          id: 'metrics',
          title: 'Metrics',
          body: (
            <DataTable
              label="Metrics"
              heads={['Metric', 'Kind', 'Meaning', 'Labels']}
              rows={reference.metrics.map(({ name, kind, help, labels, buckets }) => ({
                id: name,
                cells: [
                  <code key="name">{name}</code>,
                  kind,
                  buckets === null ? help : `${help} Up to ${buckets.join(', ')}.`,
                  labels.join(', '),
                ],
              }))}
            />
          ),
        },
        {
          id: 'labels',
          title: 'Labels',
          body: (
            <DataTable
              label="Labels"
              heads={['Label', 'Holds']}
              rows={Object.entries(reference.labels).map(([label, holds]) => ({
                id: label,
                cells: [<code key="label">{label}</code>, holds],
              }))}
            />
          ),
        },
      ]}
    >
      <p>
        Memory, CPU and event loop of the process are there too, under the names of <code>prom-client</code>.
      </p>
    </SectionPage>
  )
}
