'use client'

import { lazy, Suspense, useEffect, useRef, useState, type JSX } from 'react'
import { usePreferences } from '../i18n/page-preferences.tsx'
import { usePlayground } from './playground-context.tsx'

/** Comes when the fold is opened for the first time. */
const MemorySettings = lazy(async () => ({
  default: (await import('../memory/memory-settings.tsx')).MemorySettings,
}))

/** Who goes on when the backend fails, and what is remembered; folded away. */
export function MemoryField(): JSX.Element {
  const { text } = usePreferences()
  const { nameAskings } = usePlayground()
  const [isOpen, setIsOpen] = useState(false)
  const fold = useRef<HTMLDetailsElement>(null)
  useEffect(() => {
    if (nameAskings > 0 && fold.current) fold.current.open = true
  }, [nameAskings])
  return (
    <details
      ref={fold}
      className="fold"
      data-testid="memory-settings"
      onToggle={({ currentTarget }) => setIsOpen((before) => before || currentTarget.open)}
    >
      <summary>{text.memory}</summary>
      {isOpen && (
        <Suspense>
          <MemorySettings />
        </Suspense>
      )}
    </details>
  )
}
