import { timeAt } from '../../view/axis.ts'
import type { Timeline } from './timeline.ts'

/** Share of the stretch that one step of a wheel zooms. */
const wheelZoom = 0.0025

/** A pointer puts the playhead and drags it; a pinch, or the wheel with Ctrl, zooms; a sideways wheel moves the view. */
export function listenToPointers(stage: HTMLElement, timeline: Timeline): void {
  const pointers = new Map<number, number>()
  const xIn = (clientX: number): number => clientX - stage.getBoundingClientRect().left

  stage.addEventListener('pointerdown', (event) => {
    if (!(event.target instanceof Element) || event.target.closest('svg') === null || event.button !== 0)
      return
    pointers.set(event.pointerId, xIn(event.clientX))
    stage.setPointerCapture(event.pointerId)
    if (pointers.size === 1) timeline.seek(timeAt(xIn(event.clientX), timeline.view))
  })
  stage.addEventListener('pointermove', (event) => {
    const before = pointers.get(event.pointerId)
    if (before === undefined) return
    const x = xIn(event.clientX)
    const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1]
    pointers.set(event.pointerId, x)
    if (other === undefined) {
      timeline.seek(timeAt(x, timeline.view))
      return
    }
    const [apart, wasApart] = [Math.max(8, Math.abs(x - other)), Math.max(8, Math.abs(before - other))]
    timeline.zoom(wasApart / apart, timeAt((x + other) / 2, timeline.view))
  })
  for (const type of ['pointerup', 'pointercancel'] as const) {
    stage.addEventListener(type, ({ pointerId }) => pointers.delete(pointerId))
  }
  stage.addEventListener(
    'wheel',
    (event) => {
      const { view } = timeline
      if (event.ctrlKey || event.metaKey) {
        event.preventDefault()
        timeline.zoom(Math.exp(event.deltaY * wheelZoom * 2), timeAt(xIn(event.clientX), view))
      } else if (Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
        event.preventDefault()
        timeline.pan((event.deltaX / view.width) * (view.to - view.from))
      }
    },
    { passive: false },
  )
}
