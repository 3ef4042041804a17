import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { Code } from '../../components/code.tsx'
import { DataTable } from '../../components/data-table.tsx'
import { reference } from '../../reference/read-reference.ts'

export const metadata: Metadata = { title: 'Voices' }

export default function Page(): ReactNode {
  return (
    <>
      <h1>Voices</h1>
      <p className="lead">
        The playground searches the voices of each backend by name, language, gender, kind and style, and
        speaks a sample where the backend can give one.
      </p>
      <h2>Ask for them</h2>
      <Code>{`curl 'http://127.0.0.1:8787/v1/voices?backend=local&language=en&gender=female'
curl 'http://127.0.0.1:8787/v1/voices/sample?backend=local&voice=slt&language=en' > slt.wav`}</Code>
      <p>
        <code>q</code> looks in names and styles, <code>kind</code> narrows by the engine, <code>limit</code>{' '}
        and <code>cursor</code> page through the list. <code>state</code> is <code>ready</code>,{' '}
        <code>loading</code> with <code>progress</code>, <code>needs_key</code> or <code>failed</code> with{' '}
        <code>help</code>.
      </p>
      <h2>Where they come from</h2>
      <DataTable
        label="Voices of each backend"
        heads={['Backend', 'Voices']}
        rows={reference.backends.map(({ name, title, capabilities }) => ({
          id: name,
          cells: [title, voiceWords(capabilities.voices, capabilities.otherVoices)],
        }))}
      />
      <h2 id="voice-live">The 600 voices of Azure</h2>
      <p>
        They come from the service’s own list, fetched with your key when it is first asked for and kept; a
        copy in the code would be out of date. Set <code>PARLEY_VOICE_LIVE_ENDPOINT</code> and{' '}
        <code>PARLEY_VOICE_LIVE_KEY</code>, or sign in with Entra ID. Samples are spoken by Azure Speech with
        the same key.
      </p>
      <h2>Styles</h2>
      <p>
        An Azure voice that knows styles is told one by the extension <code>voice</code>, from any client:
      </p>
      <Code>{`{
  "type": "session.update",
  "session": {
    "type": "realtime",
    "extensions": {
      "voice": { "type": "azure-standard", "name": "en-US-AriaNeural", "style": "cheerful" }
    }
  }
}`}</Code>
      <h2>German on the local backend</h2>
      <p>
        English voices are in the installation. The German one is a download of 1 MB, offered in the
        playground with its licence, unless the operating system has one.
      </p>
    </>
  )
}

function voiceWords(names: readonly string[], others: boolean): string {
  if (names.length === 0) return others ? 'Those its own list names' : 'None of its own'
  return `${names.join(', ')}${others ? ', and those its own list names' : ''}`
}
