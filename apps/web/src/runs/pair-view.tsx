'use client'

import Link from 'next/link'
import { useMemo, type JSX } from 'react'
import { usePreferences } from '../i18n/page-preferences.tsx'
import { useRunsText } from '../i18n/runs-messages.ts'
import { Shell } from '../shell/shell.tsx'
import { pairNotes, sharedLabels } from './pair-notes.ts'
import { PairTable } from './pair-table.tsx'
import { pairAddress, runAddress, viewAddress } from './run-address.ts'
import { RunAbout } from './run-head.tsx'
import type { LoadedRun } from './run-store.ts'
import { SpreadSection } from './spread-section.tsx'

/** Two runs held against each other, lane by lane, with what makes the comparison weaker than it looks. */
export function PairView(props: { readonly before: LoadedRun; readonly after: LoadedRun }): JSX.Element {
  const { before, after } = props
  const { pair: text, run } = useRunsText()
  const { language } = usePreferences()
  const labels = useMemo(() => sharedLabels(before.comparison, after.comparison), [before, after])
  const comparisons = useMemo(() => [before.comparison, after.comparison], [before, after])
  const names = useMemo(() => [text.before, text.after], [text])
  const notes = pairNotes(before, after, { text, language })
  const left = ({ comparison }: LoadedRun): string =>
    comparison.lanes
      .map(({ label }) => label)
      .filter((label) => !labels.includes(label))
      .join(', ')
  return (
    <Shell view="runs" main="run" title={`${text.title(before.summary.title, after.summary.title)} · Parley`}>
      <main className="run-view" id="run" tabIndex={-1} data-testid="pair">
        <header className="run-head">
          <Link className="run-back" href={viewAddress} prefetch={false}>
            {run.back}
          </Link>
          <h1>{text.heading}</h1>
          <div className="pair-sides">
            <Side name={text.before} run={before} />
            <Link
              className="button small"
              href={pairAddress(before.comparison.id, after.comparison.id)}
              prefetch={false}
              data-testid="swap"
            >
              {text.swap}
            </Link>
            <Side name={text.after} run={after} />
          </div>
        </header>
        <section className="pair-notes" aria-labelledby="pair-notes" data-testid="pair-notes">
          <h2 id="pair-notes">{text.notes}</h2>
          <ul>
            {notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
            {[
              { when: text.before, labels: left(before) },
              { when: text.after, labels: left(after) },
            ].map(
              (side) => side.labels !== '' && <li key={side.when}>{text.onlyIn(side.when, side.labels)}</li>,
            )}
          </ul>
        </section>
        {labels.length === 0 ? (
          <div className="runs-none">
            <p>{text.noShared}</p>
            <p>{text.noSharedText}</p>
          </div>
        ) : (
          <>
            <PairTable before={before.comparison} after={after.comparison} labels={labels} />
            <SpreadSection comparisons={comparisons} labels={labels} names={names} />
          </>
        )}
      </main>
    </Shell>
  )
}

function Side({ name, run }: { readonly name: string; readonly run: LoadedRun }): JSX.Element {
  return (
    <div className="pair-side">
      <p className="pair-when">{name}</p>
      <p className="pair-name">
        <Link href={runAddress(run.comparison.id)} prefetch={false}>
          {run.summary.title}
        </Link>
      </p>
      <RunAbout comparison={run.comparison} summary={run.summary} />
    </div>
  )
}
