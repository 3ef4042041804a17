import type { ReactNode } from 'react'
import { backends, readOn, sources } from '../facts/backends.ts'

export default function Page(): ReactNode {
  return (
    <main>
      <h1>Which realtime voice backend?</h1>
      <p className="lead">
        They look alike and differ in everything that bites: who keeps the conversation, how long a call may
        last, how many voices there are. Parley puts one endpoint in front of them and remembers.
      </p>
      <h2>At a glance</h2>
      <div className="scroll" role="region" aria-label="Backends compared" tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">Backend</th>
              <th scope="col">Mind</th>
              <th scope="col">Voices</th>
              <th scope="col">Memory of its own</th>
              <th scope="col">Longest session</th>
              <th scope="col">You need</th>
              <th scope="col">In Parley</th>
            </tr>
          </thead>
          <tbody>
            {backends.map((backend) => (
              <tr key={backend.name}>
                <th scope="row">{backend.name}</th>
                <td>{backend.mind}</td>
                <td>{backend.voices}</td>
                <td>{backend.memory}</td>
                <td>{backend.sessionLimit}</td>
                <td>{backend.needs}</td>
                <td>{backend.inParley ? 'Yes' : 'Not yet'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="quiet">
        Read on {readOn} from {list(sources)}. The local row was run by us; the others were not, for want of
        keys.
      </p>
      <h2>Run it</h2>
      <pre>
        <code>npm start</code>
      </pre>
      <p>
        With Node 20 or newer and npm this installs what is needed, starts the gateway and the playground on
        the local backend, and prints both addresses. Open the playground, press the microphone and speak.
      </p>
      <h2>Point a client at it</h2>
      <p>
        Any OpenAI Realtime client connects to <code>ws://127.0.0.1:8787/v1/realtime?model=local</code>{' '}
        unchanged. Add <code>&amp;conversation=conv_anything</code> to name a conversation and continue it in
        a later session.
      </p>
      <h2>Give it a language model</h2>
      <p>
        Without one, a small embedded answerer replies from a text about Parley and from the conversation. It
        is not a language model. Any OpenAI-compatible chat endpoint takes its place:
      </p>
      <pre>
        <code>PARLEY_LLM_URL=http://127.0.0.1:11434/v1 PARLEY_LLM_MODEL=llama3.2 npm start</code>
      </pre>
      <h2>Which language needs what</h2>
      <ul>
        <li>English: recognition and voices are in the installation.</li>
        <li>
          German: recognition is a one-time download. A German voice is a one-time download too, unless the
          operating system has one. The playground offers both with size and licence.
        </li>
      </ul>
    </main>
  )
}

function list(links: readonly { readonly name: string; readonly url: string }[]): ReactNode {
  return links.map(({ name, url }, index) => (
    <span key={url}>
      {index > 0 && ', '}
      <a href={url}>{name}</a>
    </span>
  ))
}
