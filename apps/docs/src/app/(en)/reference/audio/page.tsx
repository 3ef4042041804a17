import type { ReactNode } from 'react'
import { AudioPage, audioMetadata } from '../../../../audio/audio-page.tsx'

export const metadata = audioMetadata('en')

export default function Page(): ReactNode {
  return <AudioPage language="en" />
}
