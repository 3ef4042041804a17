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
  const { backendTitle, showMemory, conversations, openConversation } = usePlayground()
  const original =
    notice.kind === 'copied' && notice.how === 'forked'
      ? conversations.all.find(({ id }) => id === notice.origin)
      : undefined
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
        {original && (
          <button
            type="button"
            className="link-button"
            data-testid="notice-original"
            onClick={() => void openConversation(original.id).catch(() => conversations.refresh())}
          >
            {text.session.original(original.title || text.history.untitled)}
          </button>
        )}
      </p>
      {notice.kind === 'warned' && (
        <details className="turn-details">
          <summary>{text.session.details}</summary>
          <p>{notice.detail}</p>
        </details>
      )}
    </article>
  )
}
