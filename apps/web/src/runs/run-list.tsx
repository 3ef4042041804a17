'use client'

import { useMemo, type JSX } from 'react'
import { Icon } from '../components/icons.tsx'
import { usePreferences } from '../i18n/page-preferences.tsx'
import { useRunsText } from '../i18n/runs-messages.ts'
import { runsPerPage } from './run-query.ts'
import { RunRow, type RunActions } from './run-row.tsx'
import type { RunSummary } from './run-summary.ts'

/** A page of runs; all bars of it share one scale. */
export function RunList(props: {
  readonly runs: readonly RunSummary[]
  readonly page: number
  readonly onPage: (page: number) => void
  readonly chosen: ReadonlySet<string>
  readonly onChosen: (chosen: ReadonlySet<string>) => void
  readonly actions: RunActions
}): JSX.Element {
  const { runs, chosen, actions } = props
  const { list: text } = useRunsText()
  const pages = Math.max(1, Math.ceil(runs.length / runsPerPage))
  const page = Math.min(props.page, pages)
  const shown = useMemo(() => runs.slice((page - 1) * runsPerPage, page * runsPerPage), [runs, page])
  const longestMs = useMemo(
    () => Math.max(1, ...shown.flatMap(({ lanes }) => lanes.map((lane) => lane.firstAudioMs ?? 0))),
    [shown],
  )
  const all = shown.every(({ id }) => chosen.has(id))
  return (
    <>
      <div className="run-columns">
        <input
          type="checkbox"
          className="run-choose"
          checked={all}
          aria-label={text.selectAll}
          data-testid="choose-all"
          onChange={() => {
            const next = new Set(chosen)
            for (const { id } of shown) {
              if (all) next.delete(id)
              else next.add(id)
            }
            props.onChosen(next)
          }}
        />
        <span className="run-column-wait">{text.wait}</span>
      </div>
      <ul className="run-list" aria-label={text.label} data-testid="runs">
        {shown.map((run) => (
          <RunRow
            key={run.id}
            run={run}
            isChosen={chosen.has(run.id)}
            actions={actions}
            longestMs={longestMs}
          />
        ))}
      </ul>
      {pages > 1 && <Pages page={page} pages={pages} onPage={props.onPage} />}
    </>
  )
}

function Pages(props: {
  readonly page: number
  readonly pages: number
  readonly onPage: (page: number) => void
}): JSX.Element {
  const { page, pages, onPage } = props
  const { list: text } = useRunsText()
  const { format } = usePreferences()
  const to = (next: number): void => {
    onPage(next)
    scrollTo({ top: 0 })
  }
  return (
    <nav className="pages" aria-label={text.pages}>
      <button
        type="button"
        className="quiet-button square"
        disabled={page === 1}
        aria-label={text.previous}
        onClick={() => to(page - 1)}
      >
        <Icon name="back" size={18} />
      </button>
      <span role="status">{text.page(format.integer(page), format.integer(pages))}</span>
      <button
        type="button"
        className="quiet-button square"
        disabled={page === pages}
        aria-label={text.next}
        data-testid="next-page"
        onClick={() => to(page + 1)}
      >
        <Icon name="forth" size={18} />
      </button>
    </nav>
  )
}
