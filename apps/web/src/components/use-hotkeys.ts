'use client'

import { useEffect } from 'react'
import type { Controller } from '../session/controller.ts'

/** Escape stops the answer; with `pushToTalk` the space bar is the talk key while it is held. */
export function useHotkeys(controller: Controller, pushToTalk: boolean): void {
  useEffect(() => {
    const abort = new AbortController()
    const { signal } = abort
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') return controller.stopAnswer()
      if (!pushToTalk || event.code !== 'Space' || takesSpace(event.target)) return
      event.preventDefault()
      if (!event.repeat) void controller.startTalking()
    }
    const onKeyUp = (event: KeyboardEvent): void => {
      if (!pushToTalk || event.code !== 'Space' || takesSpace(event.target)) return
      event.preventDefault()
      controller.stopTalking()
    }
    addEventListener('keydown', onKeyDown, { signal })
    addEventListener('keyup', onKeyUp, { signal })
    // A key released in another window is never reported.
    addEventListener('blur', () => controller.stopTalking(), { signal })
    return () => abort.abort()
  }, [controller, pushToTalk])
}

/** True where the space bar has a meaning of its own; the talk button shares ours. */
function takesSpace(target: EventTarget | null): boolean {
  if (!(target instanceof Element) || target.closest('[data-talk-key]')) return false
  return target.closest('input, textarea, select, button, a, summary, [contenteditable]') !== null
}
