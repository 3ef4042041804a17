'use client'

import type { JSX } from 'react'
import { usePreferences } from '../i18n/page-preferences.tsx'
import type { Notice } from '../session/notice.ts'
import type { Turn } from '../session/turns.ts'
import { noticeWords } from './notice-words.ts'
import { usePlayground } from './playground-context.tsx'

/** Something that happened to the session, as a quiet line between the turns. */
export function NoticeRow(props: { readonly turn: Turn; readonly notice: Notice }): JSX.Element {
  const { turn, notice } = props
  const { text, format } = usePreferences()
  const { backendTitle, showMemory } = usePlayground()
  return (
    <article
      className="turn"
      data-testid="turn"
      data-role="notice"
      data-notice={notice.kind}
      data-reason={notice.kind === 'migrated' ? notice.reason : undefined}
    >
      <header className="turn-head">
        <time className="turn-time" dateTime={new Date(turn.at).toISOString()}>
          {format.time(turn.at)}
        </time>
      </header>
      <p className="turn-text">
        {noticeWords(notice, text.session, backendTitle)}{' '}
        {notice.kind === 'migrated' && notice.context && (
          <button type="button" className="link-button" data-testid="notice-memory" onClick={showMemory}>
            {text.session.whatItWasTold}
          </button>
        )}
      </p>
    </article>
  )
}
