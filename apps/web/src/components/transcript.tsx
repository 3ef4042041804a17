'use client'

import type { JSX } from 'react'
import { usePreferences } from '../i18n/page-preferences.tsx'
import { activityOf } from '../session/view.ts'
import { Icon } from './icons.tsx'
import { LatencyBar } from './latency-bar.tsx'
import { usePlayground } from './playground-context.tsx'
import { TranslatedTurns, TranslationHeads, TranslationNotYet } from './translated-turns.tsx'
import { TurnRow } from './turn-row.tsx'
import { useStickToEnd } from './use-stick-to-end.ts'
import { useStore } from './use-store.ts'

/** Both sides of the conversation; the wait before an answer stands where it happened, between the two. */
export function Transcript(): JSX.Element {
  const { text, format } = usePreferences()
  const { controller, inForce, backend } = usePlayground()
  const isRecorded = backend?.name === 'replay'
  const isTranslation = inForce.purpose === 'translation'
  const view = useStore(controller.view)
  const { ref, isAtEnd, onScroll, toEnd } = useStickToEnd(view.turns, view.conversationId)

  const isWaiting = activityOf(view) === 'thinking' && view.turns.at(-1)?.role !== 'assistant'
  return (
    <>
      {isRecorded && (
        <p className="transcript-note" data-testid="replay-note">
          {text.transcript.recorded}
        </p>
      )}
      <section className="transcript" aria-label={text.transcript.label}>
        <div className="transcript-scroll" ref={ref} tabIndex={0} onScroll={onScroll}>
          {view.turns.length === 0 && !isWaiting && (
            <div className="transcript-empty">
              <h2>{isTranslation ? text.translation.emptyTitle : text.transcript.emptyTitle}</h2>
              {(isTranslation || !isRecorded) && (
                <p>
                  {isTranslation
                    ? text.translation.emptyText(
                        format.languageName(inForce.language),
                        format.languageName(inForce.translateTo),
                      )
                    : text.transcript.emptyText}
                </p>
              )}
            </div>
          )}
          {isTranslation && view.turns.length > 0 && <TranslationHeads />}
          {isTranslation && <TranslationNotYet />}
          <ol className="turns" data-layout={inForce.purpose} data-testid="turns">
            {isTranslation ? (
              <TranslatedTurns turns={view.turns} soundingItemId={view.soundingItemId} />
            ) : (
              view.turns.map((turn) => (
                <li key={turn.itemId} className="turn-group">
                  {turn.latency && <LatencyBar latency={turn.latency} />}
                  <TurnRow
                    turn={turn}
                    isSounding={turn.itemId === view.soundingItemId}
                    conversationId={view.conversationId}
                  />
                </li>
              ))
            )}
            {isWaiting && (
              <li className="turn-group waiting">
                <span className="waiting-dots" aria-hidden="true">
                  <i />
                  <i />
                  <i />
                </span>
                <span>{text.transcript.preparing}</span>
              </li>
            )}
          </ol>
        </div>
        {!isAtEnd && (
          <button type="button" className="to-newest" onClick={toEnd}>
            <Icon name="down" size={16} />
            {text.transcript.toNewest}
          </button>
        )}
      </section>
    </>
  )
}
