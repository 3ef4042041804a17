'use client'

import type { JSX } from 'react'
import { usePreferences } from '../i18n/page-preferences.tsx'

/** The sections a narrow window shows one at a time. */
export type ViewName = 'talk' | 'setup' | 'history' | 'memory' | 'events'

const views: readonly ViewName[] = ['talk', 'setup', 'history', 'memory', 'events']

/** Chooses the section in narrow windows; wide ones show all of them and hide this. */
export function ViewTabs(props: {
  readonly view: ViewName
  readonly onChange: (view: ViewName) => void
}): JSX.Element {
  const { text } = usePreferences()
  return (
    <nav className="views" aria-label={text.views.label}>
      {views.map((view) => (
        <button
          key={view}
          type="button"
          className="view"
          data-name={view}
          aria-current={view === props.view ? 'page' : undefined}
          data-testid={`view-${view}`}
          onClick={() => props.onChange(view)}
        >
          {text.views[view]}
        </button>
      ))}
    </nav>
  )
}
