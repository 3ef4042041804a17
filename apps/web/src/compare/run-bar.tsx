'use client'

import { useId, useState, type JSX } from 'react'
import { Icon } from '../components/icons.tsx'
import { useStore } from '../components/use-store.ts'
import { useCompareText } from '../i18n/compare-messages.ts'
import { usePreferences } from '../i18n/page-preferences.tsx'
import { useGateway } from '../shell/gateway-context.tsx'
import { writeSetup, type CompareSetup } from './compare-setup.ts'
import type { ComparisonState } from './comparison-state.ts'
import type { ComparisonControl } from './create-comparison.ts'

/** Starts and stops a comparison and says how far it is. */
export function RunBar(props: {
  readonly control: ComparisonControl
  readonly state: ComparisonState
  readonly canStart: boolean
  readonly setup: CompareSetup
  /** A file of the person's own is chosen, which no address can carry. */
  readonly isOwn: boolean
  readonly onStart: () => void
}): JSX.Element {
  const { control, state, setup } = props
  const { run: text } = useCompareText()
  const { format, text: page } = usePreferences()
  const { keys } = page.shell
  const isGone = useStore(useGateway().reach) === 'gone'
  const [copied, setCopied] = useState<string>()
  // What was copied is another address once something changes.
  const address = writeSetup(setup).toString()
  const isCopied = copied === address
  const shareNote = useId()
  const isRunning = state.phase === 'running' || state.phase === 'stopping'
  const done = state.tracks.filter(({ status }) => status !== 'waiting' && status !== 'running').length
  const total = state.tracks.length
  const copy = (): void => {
    void navigator.clipboard.writeText(location.href).then(() => setCopied(address))
  }
  return (
    <div className="run-bar">
      {isRunning ? (
        <div className="run-actions">
          {state.recording && (
            <button
              type="button"
              className="button strong"
              data-testid="finish-speaking"
              onClick={() => control.finishSpeaking()}
            >
              {text.finishSpeaking}
            </button>
          )}
          <button
            type="button"
            className="button danger"
            disabled={state.phase === 'stopping'}
            data-testid="stop"
            onClick={() => control.stop()}
          >
            <Icon name="stop" size={16} />
            {state.phase === 'stopping' ? text.stopping : text.stop}
          </button>
        </div>
      ) : (
        <div className="run-actions">
          <button
            type="button"
            className="button strong run-start"
            disabled={!props.canStart || isGone}
            data-testid="start"
            onClick={props.onStart}
          >
            {setup.source === 'speak' ? text.startSpeaking : text.start}
            <kbd aria-hidden="true">{keys.names.control} ↵</kbd>
          </button>
          <button
            type="button"
            className="button"
            disabled={props.isOwn}
            aria-describedby={props.isOwn ? shareNote : undefined}
            data-testid="copy-address"
            onClick={copy}
          >
            <span className="run-share" data-copied={isCopied}>
              <span>{text.share}</span>
              <span aria-hidden="true">{text.copied}</span>
            </span>
          </button>
        </div>
      )}
      {props.isOwn && !isRunning && (
        <p className="field-hint" id={shareNote}>
          {text.shareOwn}
        </p>
      )}
      <span className="visually-hidden" role="status">
        {isCopied && text.copied}
      </span>
      <p className="run-state" role="status" data-testid="run-state" data-phase={state.phase}>
        {stateText(state, isGone, text, format.integer, { done, total })}
      </p>
      <progress
        className="run-progress"
        aria-label={text.progress}
        max={Math.max(1, total)}
        value={done}
        data-shown={isRunning && total > 1}
      />
    </div>
  )
}

function stateText(
  state: ComparisonState,
  isGone: boolean,
  text: ReturnType<typeof useCompareText>['run'],
  integer: (value: number) => string,
  { done, total }: { readonly done: number; readonly total: number },
): string {
  switch (state.phase) {
    case 'idle':
      return isGone ? text.noGateway : ''
    case 'running':
      if (state.recording) return text.recording
      if (state.tracks.every(({ status }) => status === 'waiting')) return text.connecting
      return text.pass(integer(done), integer(total))
    case 'stopping':
      return text.stopping
    case 'done':
      if (state.tracks.every(({ status }) => status === 'failed')) return text.allFailed
      return state.comparison?.status === 'stopped' ? text.stopped : text.done
  }
}
