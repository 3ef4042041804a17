'use client'

import { timeTicks } from '@parley/compare'
import { useEffect, useRef, type JSX } from 'react'
import { usePreferences } from '../../i18n/page-preferences.tsx'
import { fitCanvas } from './draw-lane.ts'
import type { Timeline } from './timeline.ts'

const height = 22

/** The common axis of time; its width is what the lanes have. */
export function Ruler(props: { readonly timeline: Timeline }): JSX.Element {
  const { timeline } = props
  const { language, theme } = usePreferences()
  const place = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    const element = place.current
    if (!element) return
    const observer = new ResizeObserver(() => timeline.setWidth(element.clientWidth))
    observer.observe(element)
    timeline.setWidth(element.clientWidth)
    return () => observer.disconnect()
  }, [timeline])
  useEffect(
    () =>
      timeline.onFrame(() => {
        const context = canvas.current?.getContext('2d')
        if (!canvas.current || !context) return
        const view = timeline.view()
        fitCanvas(canvas.current, context, view.width, height)
        const style = getComputedStyle(canvas.current)
        context.font = `500 11px ${style.fontFamily}`
        for (const { x, label } of timeTicks(view, language)) {
          context.fillStyle = style.getPropertyValue('--trace-line')
          context.fillRect(Math.round(x), height - 6, 1, 6)
          const { width } = context.measureText(label)
          if (x + width + 4 > view.width) continue
          context.fillStyle = style.getPropertyValue('--trace-soft')
          context.fillText(label, x + 4, height - 6)
        }
      }),
    [timeline, language, theme],
  )
  return (
    <div className="ruler" ref={place} aria-hidden="true">
      <canvas ref={canvas} style={{ blockSize: height }} />
    </div>
  )
}
