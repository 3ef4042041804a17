import Link from 'next/link'
import type { ReactNode } from 'react'
import { WithCode } from '../../../components/code.tsx'
import { DataTable } from '../../../components/data-table.tsx'
import { contextReportFacts, conversationCreatedFacts, ownEventFacts } from '../../../facts/own-events.ts'
import { reference } from '../../../reference/read-reference.ts'
import type {
  ReferenceEvent,
  ReferenceField,
  ReferenceOwnEvent,
  ReferenceOwnField,
} from '../../../reference/reference.ts'
import { SectionPage, type PageSection } from '../../../site/section-page.tsx'
import { pageMetadata } from '../../../site/shell.tsx'

const lead =
  'Inside, Parley speaks the events of OpenAI Realtime GA. Clients may speak GA, the older beta or Azure Voice Live; backends those three or Gemini Live. These tables are made by letting the dialects translate.'

export const metadata = pageMetadata({
  path: '/dialects/',
  language: 'en',
  title: 'Events and dialects',
  description: lead,
})

/** What `conversation.created` has beside what the vendors send. */
const createdFields: readonly ReferenceOwnField[] = Object.keys(conversationCreatedFacts).map((name) => ({
  name,
  values: ['object'],
  optional: false,
}))

const outcomes: Readonly<Record<string, string>> = {
  unsupported: 'Refused with the error unsupported',
  warning: 'Left out or replaced, with a warning',
  supplied: 'Said by other means',
}

const dialects = ['openai-beta', 'voice-live'] as const

const titles = { 'openai-beta': 'OpenAI beta', 'voice-live': 'Azure Voice Live' } as const

export default function Page(): ReactNode {
  return (
    <SectionPage
      language="en"
      path="/dialects/"
      title="Events and dialects"
      lead={lead}
      sections={[
        {
          id: 'client-events',
          title: 'Events of the client',
          body: <Events label="Events of the client" events={reference.clientEvents} />,
        },
        {
          id: 'server-events',
          title: 'Events of the server',
          body: <Events label="Events of the server" events={reference.serverEvents} />,
        },
        {
          id: 'own-events',
          title: 'Events of Parley’s own',
          body: (
            <p>
              They are the same in every dialect, and no backend is ever sent one. A client that does not know
              them may ignore them. <Link href="/concepts/sessions/">Sessions that do not break</Link> tells
              when they come.
            </p>
          ),
        },
        ...reference.ownEvents.map(({ type, from, fields }) => ({
          id: type,
          title: type,
          level: 3 as const,
          body: <OwnEvent type={type} from={from} fields={fields} />,
        })),
        {
          id: 'conversation.created',
          title: 'conversation.created',
          level: 3,
          body: (
            <>
              <p>
                To the client. Not an event of its own: the vendors’ event has one more field,{' '}
                <code>parley</code>.
              </p>
              <OwnFields
                label="Fields of parley in conversation.created"
                fields={createdFields}
                meanings={conversationCreatedFacts}
              />
            </>
          ),
        },
        {
          id: 'context-report',
          title: 'What a backend was told',
          level: 3,
          body: (
            <>
              <p>
                In <code>conversation.created</code> as <code>parley.context</code>, in{' '}
                <code>parley.session.migrated</code> as <code>context</code>, and from{' '}
                <code>GET /v1/conversations/:id/context</code> as <code>report</code>.
              </p>
              <OwnFields
                label="What a backend was told"
                fields={reference.contextReport}
                meanings={contextReportFacts}
              />
            </>
          ),
        },
        {
          id: 'losses',
          title: 'What has no counterpart',
          body: (
            <p>
              Nothing is dropped in silence. A setting or an event that the other side does not know is
              refused, replaced with a warning, or said by other means.
            </p>
          ),
        },
        ...dialects.map((dialect) => ({
          id: `losses-${dialect}`,
          title: `From a client of ${titles[dialect]}`,
          level: 3 as const,
          body: <Losses dialect={dialect} />,
        })),
        {
          id: 'session-fields',
          title: 'Fields of a session',
          body: (
            <p>
              The flat dialects have one level, GA has several. What only they can say travels as an
              extension, which a GA client may send too.
            </p>
          ),
        },
        ...fieldSections('session', 'Session', reference.sessionFields),
        {
          id: 'response-fields',
          title: 'Fields of a response',
          body: <p>What one answer may be asked for in a way of its own.</p>,
        },
        ...fieldSections('response', 'Response', reference.responseFields),
        { id: 'gemini-live', title: 'Gemini Live', body: <Gemini /> },
      ]}
    />
  )
}

function OwnEvent({ type, from, fields }: ReferenceOwnEvent): ReactNode {
  const { meaning = '', fields: meanings = {} } = ownEventFacts[type] ?? {}
  return (
    <>
      <p>
        {from === 'client' ? 'From the client.' : 'To the client.'} {meaning}
      </p>
      <OwnFields label={`Fields of ${type}`} fields={fields} meanings={meanings} />
    </>
  )
}

function OwnFields(props: {
  readonly label: string
  readonly fields: readonly ReferenceOwnField[]
  readonly meanings: Readonly<Record<string, string>>
}): ReactNode {
  return (
    <DataTable
      label={props.label}
      compact
      heads={['Field', 'Holds', 'Meaning']}
      rows={props.fields.map(({ name, values, optional }) => ({
        id: name,
        cells: [
          <code key="name">{name}</code>,
          `${values.join(', ')}${optional ? '; may be left out' : ''}`,
          props.meanings[name] ?? '',
        ],
      }))}
    />
  )
}

function fieldSections(
  id: string,
  what: string,
  fields: Readonly<Record<(typeof dialects)[number], readonly ReferenceField[]>>,
): readonly PageSection[] {
  return dialects.map((dialect) => ({
    id: `${id}-${dialect}`,
    title: `${what}: ${titles[dialect]}`,
    level: 3,
    body: <Fields dialect={`${dialect} ${id}`} fields={fields[dialect]} />,
  }))
}

function Gemini(): ReactNode {
  return (
    <>
      <p>
        Gemini’s wire is another shape altogether: one message opens a session and turns are its only items.
        These events have no message there; what they ask for is done by Parley, as far as it can be:
      </p>
      <ul className="columns">
        {reference.geminiOmits
          .filter((type) => type !== 'extension')
          .map((type) => (
            <li key={type}>
              <code>{type}</code>
            </li>
          ))}
      </ul>
    </>
  )
}

function Losses({ dialect }: { readonly dialect: keyof typeof titles }): ReactNode {
  const own = reference.losses.filter((loss) => loss.dialect === dialect)
  const omitted = own.filter(({ outcome }) => outcome === 'omitted')
  return (
    <>
      <DataTable
        label={`What has no counterpart, from a client of ${titles[dialect]}`}
        heads={['What', 'On a backend without it', 'In its place', 'Backends that have it']}
        rows={own
          .filter(({ outcome }) => outcome !== 'omitted')
          .map(({ what, outcome, how, backends }) => ({
            id: what,
            cells: [
              <code key="what">{what}</code>,
              outcomes[outcome] ?? outcome,
              how === null ? '' : <WithCode key="how" text={how} />,
              backends.join(', ') || 'None',
            ],
          }))}
      />
      <details>
        <summary>{omitted.length} events are not sent to such clients, which do not know them</summary>
        <ul>
          {omitted.map(({ what, how }) => (
            <li key={what}>
              <code>{what}</code> {how !== null && <WithCode text={how} />}
            </li>
          ))}
        </ul>
      </details>
    </>
  )
}

function Fields(props: { readonly dialect: string; readonly fields: readonly ReferenceField[] }): ReactNode {
  return (
    <DataTable
      label={`Fields of ${props.dialect}`}
      heads={['There', 'In GA']}
      rows={props.fields.map(({ key, places }) => ({
        id: key,
        cells: [
          <code key="key">{key}</code>,
          places.length === 0
            ? 'Says nothing here'
            : places.map((place) => (
                <code key={place} className="setting">
                  {place}
                </code>
              )),
        ],
      }))}
    />
  )
}

function Events(props: { readonly label: string; readonly events: readonly ReferenceEvent[] }): ReactNode {
  const same = (name: string | null, type: string): ReactNode => {
    if (name === null) return 'Not sent'
    return name === type ? 'The same' : <code>{name}</code>
  }
  return (
    <DataTable
      label={props.label}
      compact
      heads={['GA', 'OpenAI beta', 'Azure Voice Live']}
      rows={props.events.map(({ type, openaiBeta, voiceLive }) => ({
        id: type,
        cells: [<code key="type">{type}</code>, same(openaiBeta, type), same(voiceLive, type)],
      }))}
    />
  )
}
