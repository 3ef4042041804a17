import type { JSX } from 'react'
import { Playground } from '../components/playground.tsx'
import '../styles/layout.css'
import '../styles/transcript.css'
import '../styles/dock.css'
import '../styles/panels.css'
import '../styles/translation.css'
import '../styles/memory.css'

/** The playground. */
export default function Page(): JSX.Element {
  return <Playground />
}
