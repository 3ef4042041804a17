'use client'

import type { JSX } from 'react'
import { useStore } from '../components/use-store.ts'
import { usePreferences } from '../i18n/page-preferences.tsx'
import { useGateway } from './gateway-context.tsx'
import { useIsOnline } from './use-is-online.ts'

/** Says that the gateway is gone, over every view, until it is back. It lies over the view, so nothing moves. */
export function GoneBanner(): JSX.Element {
  const { text } = usePreferences()
  const isGone = useStore(useGateway().reach) === 'gone'
  const isOnline = useIsOnline()
  const { title, advice } = isOnline ? text.shell.gone : text.shell.offline
  return (
    <div role="alert" className="gone-place">
      {isGone && (
        <div className="gone" data-testid="gone">
          <p className="gone-title">{title}</p>
          <p>{advice}</p>
        </div>
      )}
    </div>
  )
}
