import type { Metadata } from 'next'
import type { JSX } from 'react'
import { viewMetadata } from '../../i18n/request-preferences.ts'
import { VotesView } from '../../votes/votes-view.tsx'
import '../../styles/compare.css'
import '../../styles/lanes.css'
import '../../styles/runs.css'
import '../../styles/votes.css'

export function generateMetadata(): Promise<Metadata> {
  return viewMetadata('votes')
}

/** Blind votes over time; which of them count is in the address. */
export default async function Page(props: {
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>
}): Promise<JSX.Element> {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(await props.searchParams)) {
    const [first] = [value ?? []].flat()
    if (first !== undefined) search.set(name, first)
  }
  return <VotesView search={search.toString()} />
}
