'use client'

import { Menu } from '@base-ui/react/menu'
import { formatValue } from '@parley/compare'
import Link from 'next/link'
import type { JSX } from 'react'
import { exportKinds, type ExportKind } from '../compare/save-export.ts'
import { Icon } from '../components/icons.tsx'
import { usePreferences } from '../i18n/page-preferences.tsx'
import { useRunsText } from '../i18n/runs-messages.ts'
import { formatBytes } from './format-bytes.ts'
import { laneLetter, laneTone } from './lane-letter.ts'
import { runAddress } from './run-address.ts'
import { useScenarioName } from './use-scenario-name.ts'
import type { LaneSummary, RunSummary } from './run-summary.ts'

/** What can be done with a run of the list. */
export interface RunActions {
  readonly choose: (id: string, chosen: boolean) => void
  readonly export: (ids: readonly string[], kind: ExportKind) => void
  readonly dropSound: (runs: readonly RunSummary[]) => void
  readonly delete: (runs: readonly RunSummary[]) => void
}

/** One run of the list: what it was, and how long each lane kept the person waiting. */
export function RunRow(props: {
  readonly run: RunSummary
  readonly isChosen: boolean
  readonly actions: RunActions
  /** The longest wait of the list, ms: all bars share it. */
  readonly longestMs: number
}): JSX.Element {
  const { run, isChosen, actions, longestMs } = props
  const { list: text } = useRunsText()
  const { format, language } = usePreferences()
  const scenarioName = useScenarioName()
  const { id, title, lanes, repeats, soundBytes } = run
  return (
    <li className="run-row" data-testid="run" data-id={id} data-chosen={isChosen}>
      <input
        type="checkbox"
        className="run-choose"
        checked={isChosen}
        aria-label={text.select(title)}
        data-testid="choose"
        onChange={({ target }) => actions.choose(id, target.checked)}
      />
      <div className="run-name">
        <h2>
          <Link href={runAddress(id)} prefetch={false}>
            {title}
          </Link>
        </h2>
        <p>
          <span>{scenarioName(run.scenario)}</span>
          <time dateTime={new Date(run.createdAt).toISOString()}>{format.date(run.createdAt)}</time>
          <RunState run={run} />
        </p>
      </div>
      <ul className="run-lanes">
        {lanes.map((lane, place) => (
          <LaneWait key={lane.label} lane={lane} place={place} longestMs={longestMs} />
        ))}
      </ul>
      <p className="run-facts">
        <span>{text.repeats(repeats)}</span>
        <span>{soundBytes === 0 ? text.silent : text.megabytes(formatBytes(soundBytes, language))}</span>
      </p>
      <RunMenu run={run} actions={actions} />
    </li>
  )
}

function RunState({ run }: { readonly run: RunSummary }): JSX.Element {
  const { list: text } = useRunsText()
  const { format } = usePreferences()
  const { status, failed, passes, origin } = run
  return (
    <>
      {status !== 'completed' && <span>{status === 'stopped' ? text.stopped : text.running}</span>}
      {failed > 0 && (
        <span className="run-failed">{text.failed(format.integer(failed), format.integer(passes))}</span>
      )}
      {origin === 'imported' && <span>{text.imported}</span>}
    </>
  )
}

function LaneWait(props: {
  readonly lane: LaneSummary
  readonly place: number
  readonly longestMs: number
}): JSX.Element {
  const { lane, place, longestMs } = props
  const { list: text } = useRunsText()
  const { language } = usePreferences()
  const { label, backend, model, firstAudioMs, isFailed = false } = lane
  const noWait = isFailed ? text.laneFailed : text.noWait
  const value = firstAudioMs === undefined ? noWait : formatValue(firstAudioMs, 'ms', language)
  return (
    <li data-lane={laneTone(place)} title={[backend, model].filter((part) => part !== '').join(' · ')}>
      <span className="lane-letter" aria-hidden="true">
        {laneLetter(place)}
      </span>
      <span className="run-lane-name" aria-hidden="true">
        {label}
      </span>
      <span className="wait-bar" aria-hidden="true">
        {firstAudioMs !== undefined && (
          <span style={{ inlineSize: `${Math.max(1, (100 * firstAudioMs) / longestMs)}%` }} />
        )}
      </span>
      <span
        className="run-wait"
        aria-hidden="true"
        data-none={firstAudioMs === undefined}
        data-failed={isFailed}
      >
        {value}
      </span>
      <span className="visually-hidden">
        {firstAudioMs === undefined ? `${label}: ${noWait}` : text.waitOf(label, value)}
      </span>
    </li>
  )
}

function RunMenu({ run, actions }: { readonly run: RunSummary; readonly actions: RunActions }): JSX.Element {
  const text = useRunsText()
  return (
    <Menu.Root>
      <Menu.Trigger
        className="quiet-button square run-more"
        aria-label={text.list.actions(run.title)}
        data-testid="run-more"
      >
        <Icon name="more" size={18} />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner className="menu-place" align="end" sideOffset={4}>
          <Menu.Popup className="menu">
            {exportKinds.map((kind) => (
              <Menu.Item
                key={kind}
                className="menu-item"
                data-testid={`export-${kind}`}
                onClick={() => actions.export([run.id], kind)}
              >
                {text.export[kind]}
              </Menu.Item>
            ))}
            <Menu.Separator className="menu-line" />
            {run.soundBytes > 0 && (
              <Menu.Item
                className="menu-item"
                data-testid="drop-sound"
                onClick={() => actions.dropSound([run])}
              >
                {text.actions.dropSound}
              </Menu.Item>
            )}
            <Menu.Item
              className="menu-item menu-danger"
              data-testid="delete"
              onClick={() => actions.delete([run])}
            >
              {text.actions.delete}
            </Menu.Item>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  )
}
