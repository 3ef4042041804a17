import type { ReactNode } from 'react'
import { MeasuresPage, measuresMetadata } from '../../../../../measures/measures-page.tsx'

export const metadata = measuresMetadata('de')

export default function Page(): ReactNode {
  return <MeasuresPage language="de" />
}
