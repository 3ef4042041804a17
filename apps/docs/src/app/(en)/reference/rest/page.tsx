import type { ReactNode } from 'react'
import { toId } from '../../../../content/headings.ts'
import { DataTable } from '../../../../components/data-table.tsx'
import type { RouteFacts } from '../../../../facts/route-facts.ts'
import { routeFacts } from '../../../../facts/routes.ts'
import { SectionPage } from '../../../../site/section-page.tsx'
import { pageMetadata } from '../../../../site/shell.tsx'

const lead =
  'Everything the gateway answers besides the events of a session. The list of routes is read from the gateway; errors have one shape everywhere.'

export const metadata = pageMetadata({
  path: '/reference/rest/',
  language: 'en',
  title: 'REST',
  description: lead,
})

export default function Page(): ReactNode {
  const groups = [...new Set(routeFacts.map(({ group }) => group))]
  return (
    <SectionPage
      language="en"
      path="/reference/rest/"
      title="REST"
      lead={lead}
      sections={groups.map((group) => ({
        id: toId(group),
        title: group,
        body: routeFacts
          .filter((route) => route.group === group)
          .map((route) => <Route key={route.route} route={route} />),
      }))}
    >
      <p>
        Addresses are below the gateway, <code>http://127.0.0.1:8787</code> unless it was told otherwise. With
        keys set, everything below <code>/v1</code> wants one: <code>Authorization: Bearer …</code>,{' '}
        <code>api-key</code>, or a subprotocol for a WebSocket.
      </p>
    </SectionPage>
  )
}

function Route({
  route: { route, meaning, parameters = [], answer },
}: {
  readonly route: RouteFacts
}): ReactNode {
  return (
    <section className="route" aria-labelledby={toId(route)}>
      <h3 id={toId(route)}>
        <code>{route.replace('{.+}', '')}</code>
      </h3>
      <p>{meaning}</p>
      {parameters.length > 0 && (
        <DataTable
          label={`Parameters of ${route}`}
          heads={['Parameter', 'In', 'Meaning']}
          rows={parameters.map((parameter) => ({
            id: parameter.name,
            cells: [<code key="name">{parameter.name}</code>, parameter.in, parameter.meaning],
          }))}
        />
      )}
      <p className="quiet">Answers: {answer}</p>
    </section>
  )
}
