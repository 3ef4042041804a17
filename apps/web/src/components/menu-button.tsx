'use client'

import { lazy, Suspense, useRef, useState, type JSX } from 'react'
import { Icon } from './icons.tsx'
import type { MenuAction } from './popup-menu.tsx'

/** Comes when a menu is opened for the first time. */
const PopupMenu = lazy(async () => ({ default: (await import('./popup-menu.tsx')).PopupMenu }))

/** Opens a menu of what can be done. */
export function MenuButton(props: {
  readonly label: string
  readonly testId: string
  readonly actions: readonly MenuAction[]
}): JSX.Element {
  const { label, testId, actions } = props
  const [isOpen, setIsOpen] = useState(false)
  const [isUsed, setIsUsed] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const load = (): void => void import('./popup-menu.tsx')
  return (
    <>
      <button
        type="button"
        ref={button}
        className="quiet-button square menu-button"
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        data-testid={testId}
        onPointerEnter={load}
        onFocus={load}
        onClick={() => {
          setIsUsed(true)
          setIsOpen((before) => !before)
        }}
      >
        <Icon name="more" size={16} />
      </button>
      {isUsed && (
        <Suspense>
          <PopupMenu actions={actions} anchor={button} isOpen={isOpen} onClose={() => setIsOpen(false)} />
        </Suspense>
      )}
    </>
  )
}
