import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { Code } from '../../components/code.tsx'
import { DataTable } from '../../components/data-table.tsx'
import { reference } from '../../reference/read-reference.ts'
import type { ReferenceBackend } from '../../reference/reference.ts'

export const metadata: Metadata = { title: 'Translation' }

export default function Page(): ReactNode {
  return (
    <>
      <h1>Live translation</h1>
      <p className="lead">
        Speak one language, hear the other, with both transcripts side by side. It is a preset of the
        playground: choose Translation in the setup, then the two languages; one button turns them around.
      </p>
      <h2>What it takes</h2>
      <p>
        A backend that recognises the language you speak, has a voice for the one you hear, and a language
        model in between. The playground says what is missing.
      </p>
      <DataTable
        label="Translation by backend"
        heads={['Backend', 'German to English and back']}
        rows={reference.backends.map((backend) => ({
          id: backend.name,
          cells: [backend.title, verdict(backend)],
        }))}
      />
      <p className="quiet">
        The cloud rows follow from what the vendors document; none was run against the service. How well a
        backend translates depends on its model and was not measured.
      </p>
      <h2 id="local">On the local backend</h2>
      <p>
        The embedded answerer cannot translate. Give it a language model, and for German its two downloads,
        which the setup offers with size and licence:
      </p>
      <Code>PARLEY_LLM_URL=http://127.0.0.1:11434/v1 PARLEY_LLM_MODEL=llama3.2 npm start</Code>
      <ul>
        <li>German to English: the download for understanding German (78 MB).</li>
        <li>
          English to German: the download for speaking German (1 MB), or a German voice of the operating
          system.
        </li>
      </ul>
      <h2>From your own client</h2>
      <p>
        The preset is nothing but a session: an instruction to interpret and answer nothing, the language of
        the transcription, and a voice that speaks the other language. Any client can send the same.
      </p>
      <Code>{`{
  "type": "session.update",
  "session": {
    "type": "realtime",
    "instructions": "You are a simultaneous interpreter from German into English. ...",
    "audio": {
      "input": { "transcription": { "language": "de" } },
      "output": { "voice": "slt" }
    }
  }
}`}</Code>
    </>
  )
}

function verdict({ name, capabilities }: ReferenceBackend): string {
  if (name === 'local') return 'With a language model and the German downloads'
  if (!capabilities.updatable.includes('instructions')) return 'No: an agent keeps its own instructions'
  if (capabilities.languages.length === 0) return 'Depends on the server, which does not tell its languages'
  if (!capabilities.languages.includes('de')) return 'No German'
  return capabilities.models.length === 0 && capabilities.dialect === null ? 'With a language model' : 'Yes'
}
