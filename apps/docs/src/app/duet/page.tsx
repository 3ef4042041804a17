import type { Metadata } from 'next'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { Code } from '../../components/code.tsx'

export const metadata: Metadata = { title: 'Duet' }

export default function Page(): ReactNode {
  return (
    <>
      <h1>Duet: one thinks, the other speaks</h1>
      <p className="lead">
        The best mind and the voice you want are seldom in one backend. A duet joins two: a mind that gets the
        microphone and answers in text, and a voice that speaks what it wrote, sentence by sentence.
      </p>
      <h2>Set it up</h2>
      <p>
        <code>gpt-realtime</code> as the mind and one of Azure’s voices:
      </p>
      <Code>{`PARLEY_OPENAI_KEY=... \\
PARLEY_VOICE_LIVE_ENDPOINT=https://<resource>.services.ai.azure.com PARLEY_VOICE_LIVE_KEY=... \\
PARLEY_DUET_MIND=openai PARLEY_DUET_VOICE=voice-live \\
npm start`}</Code>
      <p>
        Each side is the name of a backend, or <code>&lt;backend&gt;/&lt;model&gt;</code>.{' '}
        <Link href="/settings#duet">Its settings</Link>, and <Link href="/settings#cascade">your own</Link>{' '}
        speech service as the voice.
      </p>
      <h2>How it behaves</h2>
      <ul>
        <li>
          To a client it is one backend, <code>duet</code>, with one transcript.
        </li>
        <li>
          The mind hears the person and decides about turns. It is asked for text alone, so nobody pays for a
          second voice.
        </li>
        <li>Speaking begins with the first sentence, while the rest is still being written.</li>
        <li>
          An interruption stops both. What was not heard is cut from the mind’s memory too, where the mind can
          do that, and marked in the transcript in any case.
        </li>
        <li>Tools are the mind’s; voices, their styles and the sound are the voice’s.</li>
      </ul>
      <p className="note">
        Not run against the real services: held by tests against stand-ins of both wires. How long the second
        backend makes you wait was not measured.
      </p>
    </>
  )
}
