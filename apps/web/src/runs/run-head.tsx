'use client'

import type { Comparison } from '@parley/compare'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useId, type JSX } from 'react'
import { usePreferences } from '../i18n/page-preferences.tsx'
import { useRunsText } from '../i18n/runs-messages.ts'
import { againAddress } from './again.ts'
import type { LoadedRun, RunStore } from './run-store.ts'
import type { RunSummary } from './run-summary.ts'
import { RunTitle } from './run-title.tsx'
import { pairAddress, viewAddress } from './run-address.ts'
import { useKept } from './use-kept.ts'
import { useScenarioName } from './use-scenario-name.ts'

const readList = (store: RunStore): Promise<readonly RunSummary[]> => store.list()

/** What a run was, and what can be done with it. */
export function RunHead(props: {
  readonly run: LoadedRun
  readonly store: RunStore
  /** Names of the scenarios the compare view has. */
  readonly shipped: readonly string[]
  readonly isRenaming: boolean
  readonly onRenaming: (renaming: boolean) => void
  readonly onRename: (title: string) => void
  readonly onDropSound: () => void
  readonly onDelete: () => void
}): JSX.Element {
  const { run, store } = props
  const { comparison, summary } = run
  const { run: text, actions } = useRunsText()
  const again = againAddress(comparison, props.shipped)
  return (
    <header className="run-head">
      <Link className="run-back" href={viewAddress} prefetch={false}>
        {text.back}
      </Link>
      <RunTitle
        title={summary.title}
        isEditing={props.isRenaming}
        onEdit={props.onRenaming}
        onRename={props.onRename}
      />
      <RunAbout comparison={comparison} summary={summary} />
      {comparison.scenario !== undefined && comparison.scenario.description !== '' && (
        <p className="run-description">{comparison.scenario.description}</p>
      )}
      <div className="run-head-actions">
        <Link
          className="button strong"
          href={again.href}
          prefetch={false}
          title={again.isWhole ? text.againHint : text.againPartly}
          data-testid="run-again"
          data-whole={again.isWhole}
        >
          {text.again}
        </Link>
        <CompareWith id={comparison.id} scenario={summary.scenario} store={store} />
        {summary.soundBytes > 0 && (
          <button type="button" className="button" onClick={props.onDropSound}>
            {actions.dropSound}
          </button>
        )}
        <button type="button" className="button danger" onClick={props.onDelete} data-testid="delete">
          {actions.delete}
        </button>
      </div>
    </header>
  )
}

/** When and how a run was measured, in a line. */
export function RunAbout(props: {
  readonly comparison: Comparison
  readonly summary: RunSummary
}): JSX.Element {
  const { comparison, summary } = props
  const { run: text, list } = useRunsText()
  const { format } = usePreferences()
  const scenarioName = useScenarioName()
  const { scenario, repeats, order, status } = comparison
  return (
    <p className="run-about">
      <span>{scenarioName(scenario?.name)}</span>
      <time dateTime={new Date(summary.createdAt).toISOString()}>{format.date(summary.createdAt)}</time>
      <span>{text.repeats(repeats)}</span>
      <span>{order === 'together' ? text.together : text.inTurn}</span>
      {status !== 'completed' && <span>{status === 'stopped' ? list.stopped : list.running}</span>}
      {summary.failed > 0 && (
        <span className="run-failed">
          {list.failed(format.integer(summary.failed), format.integer(summary.passes))}
        </span>
      )}
      {summary.origin === 'imported' && <span>{list.imported}</span>}
    </p>
  )
}

/** Chooses another run to hold this one against; those of the same scenario come first. */
function CompareWith(props: {
  readonly id: string
  readonly scenario: string | undefined
  readonly store: RunStore
}): JSX.Element | null {
  const { id, scenario, store } = props
  const { run: text } = useRunsText()
  const { format } = usePreferences()
  const router = useRouter()
  const select = useId()
  const { kept } = useKept(store, readList)
  const others = kept.status === 'loaded' ? kept.value.filter((run) => run.id !== id) : []
  if (others.length === 0) return null
  const { same = [], other = [] } = Object.groupBy(others, (run) =>
    run.scenario === scenario ? 'same' : 'other',
  )
  return (
    <div className="run-with">
      <label htmlFor={select} className="visually-hidden">
        {text.compareWith}
      </label>
      <select
        id={select}
        value=""
        data-testid="compare-with"
        onChange={({ target }) => router.push(pairAddress(id, target.value))}
      >
        <option value="" disabled hidden>
          {text.compareWith} …
        </option>
        {[...same, ...other].map((run) => (
          <option key={run.id} value={run.id}>
            {run.title}, {format.date(run.createdAt)}
          </option>
        ))}
      </select>
    </div>
  )
}
