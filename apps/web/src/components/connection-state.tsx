'use client'

import type { JSX } from 'react'
import { usePreferences } from '../i18n/page-preferences.tsx'
import { usePlayground } from './playground-context.tsx'
import { useStore } from './use-store.ts'

/** Whether the conversation has a connection, and with which backend. */
export function ConnectionState(): JSX.Element {
  const { text } = usePreferences()
  const { controller, backend, backendTitle } = usePlayground()
  const { connection, backend: successor } = useStore(controller.view)
  const name = successor?.backend ?? backend?.name
  return (
    <p
      className="connection"
      role="status"
      aria-label={text.connection.label}
      data-testid="connection-state"
      data-state={connection}
    >
      <span className="connection-dot" aria-hidden="true" />
      <span className="connection-words">
        {text.connection[connection]}
        {connection === 'open' && name !== undefined && ` · ${backendTitle(name)}`}
      </span>
    </p>
  )
}
