import type { ReactNode } from 'react'
import { AudioPage, audioMetadata } from '../../../../../audio/audio-page.tsx'

export const metadata = audioMetadata('de')

export default function Page(): ReactNode {
  return <AudioPage language="de" />
}
