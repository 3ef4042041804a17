'use client'

import { lazy, Suspense, useRef, useState, type JSX } from 'react'
import { usePreferences } from '../i18n/page-preferences.tsx'
import type { Turn } from '../session/turns.ts'
import { Icon } from './icons.tsx'

/** Comes with its menu when it is opened for the first time. */
const TurnMenu = lazy(async () => ({ default: (await import('../memory/turn-menu.tsx')).TurnMenu }))

/** What can be done at a turn that is kept. */
export function TurnMenuButton(props: { readonly turn: Turn; readonly conversationId: string }): JSX.Element {
  const { turn, conversationId } = props
  const { text } = usePreferences()
  const [isOpen, setIsOpen] = useState(false)
  const [isUsed, setIsUsed] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const label = text.session.turnActions(turn.text.length > 40 ? `${turn.text.slice(0, 40)}…` : turn.text)
  const load = (): void => void import('../memory/turn-menu.tsx')
  return (
    <>
      <button
        type="button"
        ref={button}
        className="quiet-button square turn-menu"
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        data-testid="turn-menu"
        onPointerEnter={load}
        onFocus={load}
        onClick={() => {
          setIsUsed(true)
          setIsOpen(true)
        }}
      >
        <Icon name="more" size={16} />
      </button>
      {isUsed && (
        <Suspense>
          <TurnMenu
            turn={turn}
            conversationId={conversationId}
            anchor={button}
            isOpen={isOpen}
            onClose={() => setIsOpen(false)}
          />
        </Suspense>
      )}
    </>
  )
}
