import Link from 'next/link'
import type { ReactNode } from 'react'
import { Code } from '../components/code.tsx'
import { DataTable } from '../components/data-table.tsx'
import { reference } from '../reference/read-reference.ts'
import { limitText } from '../reference/reference.ts'

export default function Page(): ReactNode {
  return (
    <>
      <h1>One endpoint for every realtime voice backend</h1>
      <p className="lead">
        They look alike and differ in everything that bites: who keeps the conversation, how long a call may
        last, how many voices there are. Parley puts one endpoint in front of them and remembers.
      </p>
      <h2>Run it</h2>
      <Code>npm start</Code>
      <p>
        With Node 20 or newer and npm this installs what is needed, starts the gateway and the playground on
        the local backend, and prints both addresses. Open the playground, press the microphone and speak. No
        key is needed.
      </p>
      <h2>Add a backend with one setting</h2>
      <Code>PARLEY_OPENAI_KEY=sk-... npm start</Code>
      <p>
        Every backend that is set up is in the playground and behind <code>/v1/realtime</code>, with the same
        events. <Link href="/settings">Settings</Link> has the variables of each.
      </p>
      <h2>At a glance</h2>
      <DataTable
        label="Backends compared"
        heads={['Backend', 'Setting', 'Longest session', 'Voices', 'Tools', 'Price']}
        rows={reference.backends.map(({ name, title, setting, capabilities }) => ({
          id: name,
          cells: [
            <Link key={name} href={`/backends#${name}`}>
              {title}
            </Link>,
            setting === null ? 'None' : <code key="setting">{setting}</code>,
            limitText(capabilities.sessionLimitMinutes),
            voiceCount(capabilities.voices.length, capabilities.otherVoices),
            capabilities.tools.length === 0 ? 'None' : capabilities.tools.join(', '),
            { free: 'Free', tokens: 'By tokens', unknown: 'Not known to Parley' }[capabilities.priceKind],
          ],
        }))}
      />
      <p className="quiet">
        Written from the capabilities in the code. The local row was run by us; the others were held against
        strict stand-ins of their wires, for want of keys.
      </p>
      <h2>What Parley adds</h2>
      <ul>
        <li>
          The conversation is yours: it is stored as it was heard, survives a drop, and goes on with another
          backend.
        </li>
        <li>
          <Link href="/connect">Any client</Link> works with any backend: OpenAI’s, its beta’s, Azure’s.
        </li>
        <li>
          What a backend lacks is supplied where it can be and refused clearly where it cannot:{' '}
          <Link href="/dialects">which is which</Link>, and <Link href="/parity">what came out</Link>.
        </li>
        <li>
          <Link href="/duet">Two backends as one</Link>: one thinks, the other speaks.
        </li>
        <li>
          <Link href="/translation">Live translation</Link> and <Link href="/voices">hundreds of voices</Link>{' '}
          with a sample of each.
        </li>
      </ul>
    </>
  )
}

function voiceCount(listed: number, others: boolean): string {
  if (!others) return String(listed)
  return listed === 0 ? 'Its own' : `${listed} and its own list`
}
