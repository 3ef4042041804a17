import type { ReactNode } from 'react'
import { BackendsPage, backendsMetadata } from '../../../../backends/backends-page.tsx'

export const metadata = backendsMetadata('de')

export default function Page(): ReactNode {
  return <BackendsPage language="de" />
}
