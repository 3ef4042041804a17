'use client'

import { useSyncExternalStore, type JSX } from 'react'
import { useStore } from '../components/use-store.ts'
import { usePreferences } from '../i18n/page-preferences.tsx'
import { useGateway } from './gateway-context.tsx'

/** Says that the gateway is gone, over every view, until it is back. It lies over the view, so nothing moves. */
export function GoneBanner(): JSX.Element {
  const { text } = usePreferences()
  const isGone = useStore(useGateway().reach) === 'gone'
  const isOnline = useSyncExternalStore(
    watchNetwork,
    () => navigator.onLine,
    () => true,
  )
  const { title, advice, offline } = text.shell.gone
  return (
    <div role="alert" className="gone-place">
      {isGone && (
        <div className="gone" data-testid="gone">
          <p className="gone-title">{title}</p>
          <p>
            {advice} {!isOnline && offline}
          </p>
        </div>
      )}
    </div>
  )
}

function watchNetwork(listener: () => void): () => void {
  addEventListener('online', listener)
  addEventListener('offline', listener)
  return () => {
    removeEventListener('online', listener)
    removeEventListener('offline', listener)
  }
}
