'use client'

import { useRouter } from 'next/navigation'
import { useMemo, useState, type JSX } from 'react'
import { trackOf } from '../compare/lane-track.ts'
import { ExportMenu } from '../compare/stage/export-menu.tsx'
import { aboutLane, shownLanes } from '../compare/stage/shown-lanes.ts'
import { Stage } from '../compare/stage/stage.tsx'
import { timelineShortcuts } from '../compare/stage/timeline-shortcuts.ts'
import { useCompareText } from '../i18n/compare-messages.ts'
import { usePreferences } from '../i18n/page-preferences.tsx'
import { useRunsText } from '../i18n/runs-messages.ts'
import { Shell } from '../shell/shell.tsx'
import { RunVotes } from '../votes/run-votes.tsx'
import { ConfirmDialog, type Question } from './confirm-dialog.tsx'
import { ExpectationsSection } from './expectations-section.tsx'
import { formatBytes } from './format-bytes.ts'
import { laneLetter } from './lane-letter.ts'
import { RunHead } from './run-head.tsx'
import { viewAddress } from './run-address.ts'
import type { LoadedRun, RunStore } from './run-store.ts'
import { SettingsSection } from './settings-section.tsx'
import { SpreadSection } from './spread-section.tsx'
import { problemOf } from './use-kept.ts'
import { useSingleKeys } from './use-single-keys.ts'

/** One run: its lanes to hear and see, its numbers, and how it was set up. */
export function SingleRun(props: {
  readonly run: LoadedRun
  readonly store: RunStore
  readonly shipped: readonly string[]
}): JSX.Element {
  const { run, store } = props
  const { comparison, summary } = run
  const text = useRunsText()
  const compare = useCompareText()
  const { language } = usePreferences()
  const router = useRouter()
  const [repeat, setRepeat] = useState(0)
  const [isRenaming, setIsRenaming] = useState(false)
  const [question, setQuestion] = useState<Question>()
  const [problem, setProblem] = useState<string>()
  const labels = useMemo(() => comparison.lanes.map(({ label }) => label), [comparison])
  const comparisons = useMemo(() => [comparison], [comparison])
  const tracks = useMemo(() => comparison.runs.map(trackOf), [comparison])
  const lanes = useMemo(() => {
    const shown = shownLanes(
      tracks.filter((track) => track.repeat === repeat),
      {
        order: labels,
        hidden: false,
        nameOf: compare.lanes.lane,
        aboutOf: (lane, model) => aboutLane(lane, { model, title: lane.backend, language }),
      },
    )
    return shown.map((lane) => ({ ...lane, letter: laneLetter(labels.indexOf(lane.label)) }))
  }, [tracks, labels, repeat, compare, language])
  const attempt = (action: Promise<void>): Promise<void> =>
    action.catch((error: unknown) => setProblem(text.problems[problemOf(error)]))
  const shortcuts = useSingleKeys([{ key: 'r', does: text.keys.rename, act: () => setIsRenaming(true) }])

  return (
    <Shell
      view="runs"
      main="run"
      // All of it is in this browser.
      saysGone
      title={`${summary.title} · Parley`}
      shortcuts={[...shortcuts, ...timelineShortcuts(compare.keys)]}
      shortcutsNote={compare.keys.focusHint}
    >
      <main className="run-view" id="run" tabIndex={-1} data-testid="run-view">
        <RunHead
          run={run}
          store={store}
          shipped={props.shipped}
          isRenaming={isRenaming}
          onRenaming={setIsRenaming}
          onRename={(title) => void attempt(store.rename(comparison.id, title))}
          onDropSound={() =>
            setQuestion({
              title: text.actions.confirmDrop(1, summary.title),
              text: text.actions.dropText(formatBytes(summary.soundBytes, language)),
              does: text.actions.dropSound,
              act: () => void attempt(store.dropSound([comparison.id])),
            })
          }
          onDelete={() =>
            setQuestion({
              title: text.actions.confirmDelete(1, summary.title),
              text: text.actions.deleteText,
              does: text.actions.delete,
              act: () => void attempt(store.delete([comparison.id]).then(() => router.replace(viewAddress))),
            })
          }
        />
        {problem !== undefined && (
          <p className="notice" role="alert">
            {problem}
          </p>
        )}
        <RunVotes id={comparison.id} store={store} />
        {summary.soundBytes === 0 && tracks.length > 0 && (
          <p className="run-silent" data-testid="silent">
            {text.run.silent}
          </p>
        )}
        {tracks.length === 0 ? (
          <p className="runs-none">{text.run.nothing}</p>
        ) : (
          <Stage
            comparison={comparison}
            lanes={lanes}
            scenario={comparison.scenario}
            isRunning={false}
            isBlind={false}
            repeat={repeat}
            onRepeat={setRepeat}
            actions={<ExportMenu comparison={comparison} kept="no" />}
          />
        )}
        <SpreadSection comparisons={comparisons} labels={labels} />
        <ExpectationsSection comparison={comparison} />
        <SettingsSection comparison={comparison} />
        <ConfirmDialog question={question} onClose={() => setQuestion(undefined)} />
      </main>
    </Shell>
  )
}
