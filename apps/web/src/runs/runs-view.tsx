'use client'

import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useCallback, useMemo, useRef, useState, type JSX } from 'react'
import { useStore } from '../components/use-store.ts'
import { usePreferences } from '../i18n/page-preferences.tsx'
import { useRunsText } from '../i18n/runs-messages.ts'
import { useGateway } from '../shell/gateway-context.tsx'
import { Shell } from '../shell/shell.tsx'
import { ConfirmDialog, type Question } from './confirm-dialog.tsx'
import { exportRuns } from './export-runs.ts'
import { formatBytes } from './format-bytes.ts'
import { ImportButton, useImport } from './import-button.tsx'
import { ImportNotice } from './import-notice.tsx'
import { RunFilters } from './run-filters.tsx'
import { pairAddress } from './run-address.ts'
import { RunList } from './run-list.tsx'
import { plainRunQuery, selectRuns } from './run-query.ts'
import type { RunActions } from './run-row.tsx'
import { createRunStore, type RunStore } from './run-store.ts'
import type { RunSummary } from './run-summary.ts'
import { RunsEmpty, StoreFailure } from './runs-states.tsx'
import { SelectionBar } from './selection-bar.tsx'
import { StorageUse } from './storage-use.tsx'
import { problemOf, useKept } from './use-kept.ts'
import { useRunQuery } from './use-run-query.ts'
import { useSingleKeys } from './use-single-keys.ts'

const readList = (store: RunStore): Promise<readonly RunSummary[]> => store.list()

/** Every comparison that is kept: find it, hear it again, compare two, hand it out, take it away. */
export function RunsView(props: { readonly search: string }): JSX.Element {
  const text = useRunsText()
  const { language, format } = usePreferences()
  const router = useRouter()
  const isGone = useStore(useGateway().reach) === 'gone'
  const store = useMemo(() => createRunStore(), [])
  const { kept, retry } = useKept(store, readList)
  const [query, changeQuery] = useRunQuery(props.search)
  const [chosenIds, setChosenIds] = useState<ReadonlySet<string>>(new Set())
  const [question, setQuestion] = useState<Question>()
  const [told, setTold] = useState<string>()
  const find = useRef<HTMLInputElement>(null)
  const importing = useImport(store)

  const runs = kept.status === 'loaded' ? kept.value : noRuns
  const found = useMemo(() => selectRuns(runs, query, Date.now()), [runs, query])
  const chosen = useMemo(() => runs.filter(({ id }) => chosenIds.has(id)), [runs, chosenIds])

  const attempt = useCallback(
    (action: Promise<unknown>, told: string): void => {
      setTold(undefined)
      action.then(
        () => setTold(told),
        (error: unknown) => setTold(text.problems[problemOf(error)]),
      )
    },
    [text],
  )
  const actions = useMemo<RunActions>(
    () => ({
      choose: (id, isChosen) => setChosenIds((before) => withMember(before, id, isChosen)),
      export(ids, kind) {
        setTold(text.export.busy)
        // The words are on the page before a large file is written.
        setTimeout(() => {
          exportRuns(ids, kind, { store, language, name: text.export.several }).then(
            () => setTold(undefined),
            () => setTold(text.export.failed),
          )
        })
      },
      dropSound(of) {
        const size = of.reduce((sum, { soundBytes }) => sum + soundBytes, 0)
        setQuestion({
          title: text.actions.confirmDrop(of.length, of[0]?.title ?? ''),
          text: text.actions.dropText(formatBytes(size, language)),
          does: text.actions.dropSound,
          act: () => attempt(store.dropSound(of.map(({ id }) => id)), text.actions.dropped),
        })
      },
      delete(of) {
        setQuestion({
          title: text.actions.confirmDelete(of.length, of[0]?.title ?? ''),
          text: of.length === 1 ? text.actions.deleteText : text.actions.deleteTextMany,
          does: text.actions.delete,
          act() {
            attempt(store.delete(of.map(({ id }) => id)), text.actions.deleted(of.length))
            setChosenIds((before) => of.reduce((ids, { id }) => withMember(ids, id, false), before))
          },
        })
      },
    }),
    [attempt, language, store, text],
  )
  const compare = (): void => {
    const [older, newer] = chosen.toSorted((a, b) => a.createdAt - b.createdAt)
    if (chosen.length === 2 && older && newer) router.push(pairAddress(newer.id, older.id))
  }
  const shortcuts = useSingleKeys([
    { key: '/', does: text.keys.find, act: () => find.current?.focus() },
    { key: 'c', does: text.keys.compare, act: compare },
  ])

  return (
    <Shell view="runs" main="runs" saysGone shortcuts={shortcuts}>
      <main className="runs" id="runs" tabIndex={-1} {...importing.dropTarget} data-over={importing.isOver}>
        <header className="runs-head">
          <div>
            <h1>{text.heading}</h1>
            <p role="status">{isGone ? text.gone : text.lead}</p>
          </div>
          <div className="runs-actions">
            <ImportButton importing={importing} />
            {runs.length > 0 && (
              <Link className="button strong" href="/compare" prefetch={false}>
                {text.compareNew}
              </Link>
            )}
          </div>
        </header>
        {importing.isOver && <p className="runs-drop">{text.import.drop}</p>}
        {importing.outcome && <ImportNotice outcome={importing.outcome} onDismiss={importing.dismiss} />}
        <p className="runs-told" role="status" data-testid="told">
          {importing.reading === undefined ? told : text.import.reading(importing.reading)}
        </p>
        {kept.status === 'failed' && <StoreFailure problem={kept.problem} onRetry={retry} />}
        {kept.status === 'loading' && (
          <p className="state-loading" role="status">
            {text.loading}
          </p>
        )}
        {kept.status === 'loaded' && runs.length === 0 && <RunsEmpty />}
        {runs.length > 0 && (
          <>
            <RunFilters runs={runs} query={query} onChange={changeQuery} find={find} />
            <p className="runs-count" role="status" data-testid="count">
              {runs.length === 1 && found.length === 1
                ? text.list.one
                : text.list.shown(format.integer(found.length), format.integer(runs.length))}
            </p>
            {found.length === 0 ? (
              <p className="runs-none">
                {text.none}{' '}
                <button type="button" className="link-button" onClick={() => changeQuery(plainRunQuery)}>
                  {text.clear}
                </button>
              </p>
            ) : (
              <RunList
                runs={found}
                page={query.page}
                onPage={(page) => changeQuery({ page })}
                chosen={chosenIds}
                onChosen={setChosenIds}
                actions={actions}
              />
            )}
            <StorageUse runs={runs} onDropSound={actions.dropSound} />
          </>
        )}
        {chosen.length > 0 && (
          <SelectionBar
            chosen={chosen}
            actions={actions}
            onCompare={compare}
            onClear={() => setChosenIds(new Set())}
          />
        )}
        <ConfirmDialog question={question} onClose={() => setQuestion(undefined)} />
      </main>
    </Shell>
  )
}

const noRuns: readonly RunSummary[] = []

function withMember(ids: ReadonlySet<string>, id: string, isIn: boolean): ReadonlySet<string> {
  const next = new Set(ids)
  if (isIn) next.add(id)
  else next.delete(id)
  return next
}
