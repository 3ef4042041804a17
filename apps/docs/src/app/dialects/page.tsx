import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { WithCode } from '../../components/code.tsx'
import { DataTable } from '../../components/data-table.tsx'
import { reference } from '../../reference/read-reference.ts'
import type { ReferenceEvent, ReferenceField } from '../../reference/reference.ts'

export const metadata: Metadata = { title: 'Dialects' }

const outcomes: Readonly<Record<string, string>> = {
  unsupported: 'Refused with the error unsupported',
  warning: 'Left out or replaced, with a warning',
  supplied: 'Said by other means',
}

const titles = { 'openai-beta': 'OpenAI beta', 'voice-live': 'Azure Voice Live' } as const

export default function Page(): ReactNode {
  return (
    <>
      <h1>Dialects</h1>
      <p className="lead">
        Inside, Parley speaks the events of OpenAI Realtime GA. Clients may speak GA, the older beta or Azure
        Voice Live; backends those three or Gemini Live. These tables are made by letting the dialects
        translate.
      </p>
      <h2>What has no counterpart</h2>
      <p>
        Nothing is dropped in silence. A setting or an event that the other side does not know is refused,
        replaced with a warning, or said by other means.
      </p>
      {(['openai-beta', 'voice-live'] as const).map((dialect) => (
        <Losses key={dialect} dialect={dialect} />
      ))}
      <h2>Fields of a session</h2>
      <p>
        The flat dialects have one level, GA has several. What only they can say travels as an extension,
        which a GA client may send too.
      </p>
      <h3>OpenAI beta</h3>
      <Fields dialect="openai-beta" fields={reference.sessionFields['openai-beta']} />
      <h3>Azure Voice Live</h3>
      <Fields dialect="voice-live" fields={reference.sessionFields['voice-live']} />
      <h2>Fields of a response</h2>
      <h3>OpenAI beta</h3>
      <Fields dialect="openai-beta response" fields={reference.responseFields['openai-beta']} />
      <h3>Azure Voice Live</h3>
      <Fields dialect="voice-live response" fields={reference.responseFields['voice-live']} />
      <h2>Events of the server</h2>
      <Events label="Events of the server" events={reference.serverEvents} />
      <h2>Events of the client</h2>
      <Events label="Events of the client" events={reference.clientEvents} />
      <h2>Gemini Live</h2>
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
      <h3>From a client of {titles[dialect]}</h3>
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
