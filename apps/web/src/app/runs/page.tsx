import type { Metadata } from 'next'
import type { JSX } from 'react'
import { viewMetadata } from '../../i18n/request-preferences.ts'
import { RunsView } from '../../runs/runs-view.tsx'
import '../../styles/compare.css'
import '../../styles/lanes.css'
import '../../styles/runs.css'

export function generateMetadata(): Promise<Metadata> {
  return viewMetadata('runs')
}

/** Every comparison that is kept; what is shown of them is in the address. */
export default async function Page(props: {
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>
}): Promise<JSX.Element> {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(await props.searchParams)) {
    const [first] = [value ?? []].flat()
    if (first !== undefined) search.set(name, first)
  }
  return <RunsView search={search.toString()} />
}
