import type { Metadata } from 'next'
import type { JSX } from 'react'
import { CompareView } from '../../compare/compare-view.tsx'
import { viewMetadata } from '../../i18n/request-preferences.ts'
import { shippedScenarios } from '../../shipped-scenarios.ts'
import '../../styles/panels.css'
import '../../styles/compare.css'
import '../../styles/lanes.css'

export function generateMetadata(): Promise<Metadata> {
  return viewMetadata('compare')
}

/** Several backends on the same words; what is set up is in the address. */
export default async function Page(props: {
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>
}): Promise<JSX.Element> {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(await props.searchParams)) {
    for (const one of [value ?? []].flat()) search.append(name, one)
  }
  return <CompareView search={search.toString()} scenarios={await shippedScenarios()} />
}
