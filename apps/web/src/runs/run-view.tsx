'use client'

import { useCallback, useMemo, type JSX } from 'react'
import { useRunsText } from '../i18n/runs-messages.ts'
import { Shell } from '../shell/shell.tsx'
import { PairView } from './pair-view.tsx'
import { createRunStore, type RunStore } from './run-store.ts'
import { EmptyState, StoreFailure } from './runs-states.tsx'
import { SingleRun } from './single-run.tsx'
import { ImportButton, useImport } from './import-button.tsx'
import { ImportNotice } from './import-notice.tsx'
import { useKept } from './use-kept.ts'

/** One run, or two that are held against each other. */
export function RunView(props: {
  readonly id: string
  /** The run before it, to compare with; `undefined` for one run alone. */
  readonly before: string | undefined
  /** Names of the scenarios the compare view has. */
  readonly shipped: readonly string[]
}): JSX.Element {
  const { id, before } = props
  const text = useRunsText()
  const store = useMemo(() => createRunStore(), [])
  const read = useCallback(
    (from: RunStore) =>
      Promise.all([
        from.load(id, { sound: before === undefined }),
        before === undefined ? undefined : from.load(before, { sound: false }),
      ]),
    [id, before],
  )
  const { kept, retry } = useKept(store, read)
  const importing = useImport(store)
  if (kept.status === 'loaded') {
    const [run, other] = kept.value
    if (run && before === undefined) return <SingleRun run={run} store={store} shipped={props.shipped} />
    if (run && other) return <PairView before={other} after={run} />
  }
  return (
    <Shell view="runs" main="run" saysGone>
      <main className="run-view" id="run" tabIndex={-1} aria-busy={kept.status === 'loading'}>
        {kept.status === 'loading' && (
          <p className="state-loading" role="status">
            {text.run.loading}
          </p>
        )}
        {kept.status === 'failed' && <StoreFailure problem={kept.problem} onRetry={retry} />}
        {kept.status === 'loaded' && (
          <EmptyState title={text.run.missing} text={text.run.missingText}>
            <ImportButton importing={importing} />
            {importing.outcome && <ImportNotice outcome={importing.outcome} onDismiss={importing.dismiss} />}
          </EmptyState>
        )}
      </main>
    </Shell>
  )
}
