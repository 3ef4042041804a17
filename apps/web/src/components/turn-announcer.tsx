'use client'

import { useEffect, useRef, useState, type JSX } from 'react'
import { usePreferences } from '../i18n/page-preferences.tsx'
import { splitHeard } from '../session/turns.ts'
import { noticeWords } from './notice-words.ts'
import { usePlayground } from './playground-context.tsx'
import { useStore } from './use-store.ts'

/** Reads out each turn once it is complete; the transcript itself changes too often to be listened to. */
export function TurnAnnouncer(): JSX.Element {
  const { text } = usePreferences()
  const { controller, backendTitle } = usePlayground()
  const { turns, conversationId, soundingItemId } = useStore(controller.view)
  const announced = useRef(new Set<string>())
  const [words, setWords] = useState('')

  useEffect(() => {
    // A conversation taken up again is not read out from its beginning.
    for (const turn of controller.view.get().turns) announced.current.add(turn.itemId)
  }, [controller, conversationId])

  useEffect(() => {
    for (const turn of turns) {
      const isOver =
        turn.status === 'done' && (turn.text !== '' || turn.notice) && turn.itemId !== soundingItemId
      if (!isOver || announced.current.has(turn.itemId)) continue
      announced.current.add(turn.itemId)
      if (turn.notice) {
        setWords(noticeWords(turn.notice, text.session, backendTitle))
        continue
      }
      const { heard, unheard } = splitHeard(turn)
      const who = text.transcript.roles[turn.role]
      setWords(
        text.transcript.said(
          who,
          unheard === '' ? heard : `${heard} (${text.transcript.unheard}: ${unheard})`,
        ),
      )
    }
  }, [turns, soundingItemId, text, backendTitle])

  return (
    <p className="visually-hidden" aria-live="polite" data-testid="announcer">
      {words}
    </p>
  )
}
