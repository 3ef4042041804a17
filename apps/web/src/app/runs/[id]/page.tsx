import type { Metadata } from 'next'
import type { JSX } from 'react'
import { viewMetadata } from '../../../i18n/request-preferences.ts'
import { RunView } from '../../../runs/run-view.tsx'
import { shippedScenarios } from '../../../shipped-scenarios.ts'
import '../../../styles/compare.css'
import '../../../styles/lanes.css'
import '../../../styles/runs.css'
import '../../../styles/run.css'

export function generateMetadata(): Promise<Metadata> {
  return viewMetadata('runs')
}

/** One kept run; with `?with=<id>` it is held against that one. */
export default async function Page(props: {
  readonly params: Promise<{ readonly id: string }>
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>
}): Promise<JSX.Element> {
  const [{ id }, { with: before }, scenarios] = await Promise.all([
    props.params,
    props.searchParams,
    shippedScenarios(),
  ])
  return (
    <RunView
      id={decodeURIComponent(id)}
      before={[before].flat()[0]}
      shipped={scenarios.map(({ name }) => name)}
    />
  )
}
