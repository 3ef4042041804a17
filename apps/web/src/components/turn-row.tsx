'use client'

import { memo, type JSX } from 'react'
import { usePreferences } from '../i18n/page-preferences.tsx'
import { splitHeard, type Turn } from '../session/turns.ts'
import { NoticeRow } from './notice-row.tsx'
import { usePlayground } from './playground-context.tsx'
import { TurnMenu } from './turn-menu.tsx'

interface TurnRowProps {
  readonly turn: Turn
  /** Of a turn that is kept, `undefined` while nothing can be done at it. */
  readonly conversationId?: string | undefined
  readonly isSounding: boolean
}

/** One turn. What was cut off before it was heard is struck through and says so. */
export const TurnRow = memo(function TurnRow(props: TurnRowProps): JSX.Element {
  const { turn, isSounding, conversationId } = props
  if (turn.notice) return <NoticeRow turn={turn} notice={turn.notice} />
  return <SaidRow turn={turn} isSounding={isSounding} conversationId={conversationId} />
})

function SaidRow({ turn, isSounding, conversationId }: TurnRowProps): JSX.Element {
  const { text, format } = usePreferences()
  const { backendTitle } = usePlayground()
  const { heard, unheard } = splitHeard(turn)
  const gap = unheard.slice(0, unheard.length - unheard.trimStart().length)
  const who = text.transcript.roles[turn.role]
  return (
    <article
      className="turn"
      data-testid="turn"
      data-role={turn.role}
      data-item-id={turn.itemId}
      data-status={turn.status}
      data-sounding={isSounding || undefined}
      aria-busy={turn.status === 'live'}
    >
      <header className="turn-head">
        <span className="turn-who">{who}</span>
        {turn.by && (
          <span className="turn-by" data-testid="turn-by" title={turn.by.model}>
            {backendTitle(turn.by.backend)}
          </span>
        )}
        <time className="turn-time" dateTime={new Date(turn.at).toISOString()}>
          {format.time(turn.at)}
        </time>
        {(turn.heard !== undefined || turn.brokeOff) && (
          <span className="turn-note">
            {turn.brokeOff ? text.session.brokeOff : text.transcript.interrupted}
          </span>
        )}
        {conversationId !== undefined && turn.role !== 'notice' && turn.status !== 'live' && (
          <TurnMenu turn={turn} conversationId={conversationId} />
        )}
      </header>
      <p className="turn-text">
        {heard !== '' && <span data-heard="true">{heard}</span>}
        {gap}
        {unheard.trim() !== '' && (
          <>
            <span className="visually-hidden"> ({text.transcript.unheard}: </span>
            <del className="unheard" data-heard="false" title={text.transcript.unheard}>
              {unheard.trimStart()}
            </del>
            <span className="visually-hidden">)</span>
          </>
        )}
        {turn.text === '' && turn.status === 'live' && (
          <span className="turn-pending">{turn.role === 'user' ? text.transcript.listening : '…'}</span>
        )}
        {turn.status === 'failed' && <span className="turn-pending">{text.transcript.notUnderstood}</span>}
      </p>
    </article>
  )
}
