import type { ReactNode } from 'react'
import { WhichPage, whichMetadata } from '../../compare/which-page.tsx'

export const metadata = whichMetadata('en')

export default function Page(): ReactNode {
  return <WhichPage language="en" />
}
