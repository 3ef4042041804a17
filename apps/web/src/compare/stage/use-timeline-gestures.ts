import { timeAt } from '@parley/compare'
import { useEffect, useRef, type PointerEvent, type RefObject } from 'react'
import type { Timeline } from './timeline.ts'

/** Px the pointer may stray and still have clicked. */
export const slackPx = 5

/** What an element takes so that it can be clicked and dragged. */
export interface TimelineGestures {
  /** The moment on the axis below a place of the page. */
  readonly timeIn: (clientX: number) => number
  /** True where the movement belongs to a drag. */
  readonly drag: (event: PointerEvent) => boolean
  readonly pointer: {
    readonly onPointerDown: (event: PointerEvent) => void
    readonly onPointerCancel: () => void
    readonly onPointerUp: (event: PointerEvent) => void
  }
}

/** Drag scrolls, Ctrl and the wheel zoom, Shift and the wheel scroll, and what was no drag is a click at its moment. */
export function useTimelineGestures(
  place: RefObject<HTMLElement | null>,
  timeline: Timeline,
  onClick: (at: number) => void,
): TimelineGestures {
  const held = useRef<{ readonly x: number; moved: boolean }>(undefined)

  useEffect(() => {
    const element = place.current
    const onWheel = (event: WheelEvent): void => {
      const view = timeline.view()
      if (event.ctrlKey || event.metaKey) {
        event.preventDefault()
        timeline.zoom(Math.exp(event.deltaY / 300), timeAt(event.offsetX, view))
      } else if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
        event.preventDefault()
        timeline.pan(((event.deltaX || event.deltaY) / view.width) * (view.to - view.from))
      }
    }
    // React listens to the wheel passively, which could not keep the page from zooming itself.
    element?.addEventListener('wheel', onWheel, { passive: false })
    return () => element?.removeEventListener('wheel', onWheel)
  }, [place, timeline])

  const timeIn = (clientX: number): number =>
    timeAt(clientX - (place.current?.getBoundingClientRect().left ?? 0), timeline.view())
  return {
    timeIn,
    drag(event) {
      const at = held.current
      if (!at) return false
      if (!at.moved && Math.abs(event.clientX - at.x) < slackPx) return true
      const view = timeline.view()
      timeline.pan((-event.movementX / view.width) * (view.to - view.from))
      at.moved = true
      return true
    },
    pointer: {
      onPointerDown(event) {
        if (event.button !== 0) return
        held.current = { x: event.clientX, moved: false }
        event.currentTarget.setPointerCapture(event.pointerId)
      },
      onPointerCancel() {
        held.current = undefined
      },
      onPointerUp(event) {
        if (held.current && !held.current.moved) onClick(timeIn(event.clientX))
        held.current = undefined
      },
    },
  }
}
