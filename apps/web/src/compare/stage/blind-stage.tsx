'use client'

import { blindOrder, type Comparison } from '@parley/compare'
import { useMemo, useState, type JSX } from 'react'
import { useCompareText } from '../../i18n/compare-messages.ts'
import { usePreferences } from '../../i18n/page-preferences.tsx'
import type { RunStore } from '../../runs/run-store.ts'
import type { ComparisonState } from '../comparison-state.ts'
import type { ComparisonControl } from '../create-comparison.ts'
import { soFar } from '../lane-track.ts'
import { useLeaveWarning } from '../use-leave-warning.ts'
import { ExportMenu } from './export-menu.tsx'
import { aboutLane, shownLanes } from './shown-lanes.ts'
import { Stage } from './stage.tsx'
import { VotePanel } from './vote-panel.tsx'

/** The stage of the compare view: empty, running or done, and blind until the vote where that was asked for. */
export function BlindStage(props: {
  readonly state: ComparisonState
  readonly control: ComparisonControl
  readonly store: RunStore
  /** A backend's name for people. */
  readonly titleOf: (backend: string) => string
}): JSX.Element {
  const { state, control } = props
  const text = useCompareText()
  const { language } = usePreferences()
  const { plan } = state
  const [revealed, setRevealed] = useState<typeof plan>()
  const order = useMemo(() => {
    const labels = (state.comparison?.lanes ?? plan?.lanes ?? []).map(({ label }) => label)
    return plan?.blind === true ? blindOrder(labels, Math.random) : labels
    // A finished comparison has the lanes of its plan.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [plan])
  const isRunning = state.phase === 'running' || state.phase === 'stopping'
  const hidden = plan?.blind === true && revealed !== plan
  useLeaveWarning(isRunning || (hidden && state.comparison !== undefined))
  if (!plan || state.tracks.length === 0) return <EmptyStage />
  const tracks = state.tracks.filter(({ repeat }) => repeat === state.repeat)
  const lanes = shownLanes(tracks, {
    order,
    blind: plan.blind,
    hidden,
    nameOf: text.lanes.lane,
    aboutOf: (lane, model) => aboutLane(lane, { model, title: props.titleOf(lane.backend), language }),
  })
  const comparison = state.comparison ?? unfinished(state)
  return (
    <Stage
      comparison={comparison}
      lanes={lanes}
      scenario={comparison.scenario}
      isRunning={isRunning}
      isBlind={hidden}
      repeat={state.repeat}
      onRepeat={control.showRepeat}
      onListen={control.listenTo}
      actions={<ExportMenu comparison={hidden ? undefined : state.comparison} kept={state.kept} />}
    >
      {plan.blind && !isRunning && state.comparison && (
        <VotePanel
          key={state.comparison.id}
          comparison={state.comparison}
          lanes={lanes}
          store={props.store}
          isOpen={hidden}
          onDone={() => setRevealed(plan)}
        />
      )}
    </Stage>
  )
}

function EmptyStage(): JSX.Element {
  const { stage: text } = useCompareText()
  return (
    <div className="stage-empty" data-testid="stage-empty">
      <EmptyPicture />
      <h2>{text.empty}</h2>
      <p>{text.emptyText}</p>
    </div>
  )
}

/** Two lanes in a few strokes: the same words above, answers at different times below. */
function EmptyPicture(): JSX.Element {
  const bars = (from: number, heights: readonly number[]): string =>
    heights.map((height, place) => `M${from + place * 7} ${24 - height}v${height * 2}`).join('')
  return (
    <svg width="320" height="112" viewBox="0 0 320 112" aria-hidden="true" className="empty-picture">
      {[0, 60].map((top, lane) => (
        <g key={top} transform={`translate(0 ${top})`} strokeWidth="3" strokeLinecap="round">
          <path className="empty-you" d={bars(10, [4, 9, 15, 11, 18, 13, 7, 12, 16, 8, 4])} />
          <path className="empty-line" d="M0 24H320" strokeWidth="1" />
          <path
            className={lane === 0 ? 'empty-a' : 'empty-b'}
            d={bars(lane === 0 ? 122 : 176, [6, 13, 17, 9, 15, 18, 11, 6, 14, 16, 10, 5, 12, 8, 4])}
          />
        </g>
      ))}
    </svg>
  )
}

/** What is done of a comparison that runs, so that its numbers can be read already. */
function unfinished({ plan, tracks }: ComparisonState): Comparison {
  return {
    id: '',
    title: plan?.title ?? '',
    createdAt: 0,
    scenario: plan?.source.kind === 'scenario' ? plan.source.scenario : undefined,
    lanes: plan?.lanes ?? [],
    repeats: plan?.repeats ?? 1,
    order: plan?.order ?? 'together',
    status: 'running',
    runs: tracks.filter(({ status }) => status !== 'waiting').map(soFar),
  }
}
