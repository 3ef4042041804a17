'use client'

import { lazy, Suspense, useState, type JSX } from 'react'
import { usePreferences } from '../i18n/page-preferences.tsx'

/** Comes when the fold is opened for the first time. */
const MemorySettings = lazy(async () => ({
  default: (await import('../memory/memory-settings.tsx')).MemorySettings,
}))

/** Who goes on when the backend fails, and what is remembered; folded away. */
export function MemoryField(): JSX.Element {
  const { text } = usePreferences()
  const [isOpen, setIsOpen] = useState(false)
  return (
    <details
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
