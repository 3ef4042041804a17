import type { ReactNode } from 'react'
import { BackendsPage, backendsMetadata } from '../../../backends/backends-page.tsx'

export const metadata = backendsMetadata('en')

export default function Page(): ReactNode {
  return <BackendsPage language="en" />
}
