import type { Metadata } from 'next'
import type { JSX } from 'react'
import { viewMetadata } from '../../i18n/request-preferences.ts'
import { ListenView } from '../../listen/listen-view.tsx'
import '../../styles/compare.css'
import '../../styles/listen.css'

export function generateMetadata(): Promise<Metadata> {
  return viewMetadata('listen')
}

/** What detection of speech and turns makes of a sound. */
export default function Page(): JSX.Element {
  return <ListenView />
}
