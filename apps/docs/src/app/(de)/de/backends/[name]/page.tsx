import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import {
  backendMetadata,
  BackendPage,
  backendParams,
  type BackendParams,
} from '../../../../../backends/backend-page.tsx'

export const generateStaticParams = backendParams
export const dynamicParams = false

export function generateMetadata(props: BackendParams): Promise<Metadata> {
  return backendMetadata(props, 'de')
}

export default async function Page({ params }: BackendParams): Promise<ReactNode> {
  const { name } = await params
  return <BackendPage name={name} language="de" />
}
