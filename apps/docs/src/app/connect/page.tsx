import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { Code } from '../../components/code.tsx'
import { DataTable } from '../../components/data-table.tsx'
import { reference } from '../../reference/read-reference.ts'

export const metadata: Metadata = { title: 'Connect a client' }

const clients = [
  { id: 'web-socket', title: 'A plain WebSocket', text: 'In a browser or any runtime, with no package.' },
  { id: 'openai-ws', title: 'openai', text: 'The class of the official package, version 5 and newer.' },
  { id: 'agents', title: 'OpenAI Agents SDK', text: '@openai/agents-realtime over WebSocket.' },
  { id: 'voice-live', title: 'Azure Voice Live SDK', text: '@azure/ai-voicelive, whatever backend answers.' },
  { id: 'openai-beta', title: 'An old beta client', text: 'Clients from before GA go on working.' },
] as const

export default function Page(): ReactNode {
  return (
    <>
      <h1>Connect a client</h1>
      <p className="lead">
        Official clients connect unchanged: the gateway recognises what they speak. Each piece of code here is
        run by our tests exactly as it stands.
      </p>
      <h2>The address</h2>
      <p>
        <code>ws://127.0.0.1:8787/v1/realtime</code>, or <code>wss</code> with a certificate. What a request
        says:
      </p>
      <DataTable
        label="Parameters of the address"
        heads={['Parameter', 'Meaning']}
        rows={[
          {
            id: 'backend',
            cells: [<code key="c">backend</code>, 'Which backend answers; model is then one of its models.'],
          },
          {
            id: 'model',
            cells: [
              <code key="c">model</code>,
              'Without backend: the name of a backend, or <backend>/<model>. A model nobody has means the default backend.',
            ],
          },
          {
            id: 'conversation',
            cells: [
              <code key="c">conversation</code>,
              'Goes on with this conversation, on whatever backend; conv_ and any name begins one.',
            ],
          },
          {
            id: 'dialect',
            cells: [
              <code key="c">dialect</code>,
              'openai-ga, openai-beta or voice-live, where path and headers do not show it.',
            ],
          },
          {
            id: 'intent',
            cells: [<code key="c">intent</code>, 'transcription: only writes down what is said.'],
          },
        ]}
      />
      <p>
        Paths the official clients build by themselves are understood: <code>/openai/v1/realtime</code> and{' '}
        <code>/openai/realtime</code> of Azure OpenAI, <code>/voice-live/realtime</code> of Voice Live. A key
        is shown as the client shows it: as a bearer token, as <code>api-key</code>, as a subprotocol or in
        the query.
      </p>
      {clients.map(({ id, title, text }) => (
        <section key={id} id={id} aria-labelledby={`${id}-title`}>
          <h2 id={`${id}-title`}>{title}</h2>
          <p>{text}</p>
          <Code>{reference.snippets[id] ?? ''}</Code>
        </section>
      ))}
    </>
  )
}
