'use client'

import { useEffect, useRef } from 'react'
import { useCompareText } from '../i18n/compare-messages.ts'
import type { Shortcut } from '../shell/shortcut.ts'

/** Ctrl and Enter start a comparison, Escape stops it; gives the keys of the whole view for their list. */
export function useCompareKeys(actions: {
  readonly start: () => void
  readonly stop: () => void
  readonly isRunning: boolean
}): readonly Shortcut[] {
  const { keys } = useCompareText()
  const latest = useRef(actions)
  useEffect(() => {
    latest.current = actions
  })
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const { start, stop, isRunning } = latest.current
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) start()
      // An open dialog takes Escape for itself.
      if (event.key === 'Escape' && isRunning && !document.querySelector('[role=dialog]')) stop()
    }
    addEventListener('keydown', onKeyDown)
    return () => removeEventListener('keydown', onKeyDown)
  }, [])
  return [
    { keys: ['control', 'enter'], does: keys.start },
    { keys: ['escape'], does: keys.stop },
    { keys: ['space'], does: keys.play },
    { keys: ['A'], does: keys.playAll },
    { keys: ['1 – 4'], does: keys.lane },
    { keys: ['← →'], does: keys.back },
    { keys: ['shift', '← →'], does: keys.fine },
    { keys: ['home'], does: keys.toStart },
    { keys: ['end'], does: keys.toEnd },
    { keys: ['+'], does: keys.zoomIn },
    { keys: ['-'], does: keys.zoomOut },
    { keys: ['0'], does: keys.fit },
  ]
}
