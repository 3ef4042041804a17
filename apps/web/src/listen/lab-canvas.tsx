'use client'

import { xOf } from '@parley/compare'
import { useEffect, useRef, useState, type JSX, type KeyboardEvent } from 'react'
import { zoomStep, type Timeline } from '../compare/stage/timeline.ts'
import { useTimelineGestures } from '../compare/stage/use-timeline-gestures.ts'
import { useListenText } from '../i18n/listen-messages.ts'
import { usePreferences } from '../i18n/page-preferences.tsx'
import type { LabPicture, LabState } from './create-lab.ts'
import { drawLab } from './draw-lab.ts'
import { createSpectrumScratch, type SpectrumScratch } from './draw-spectrum.ts'
import { layoutOf } from './lab-layout.ts'
import type { LabSettings } from './lab-settings.ts'
import type { HeardTurn } from './turn-marks.ts'

/** What the picture shares with the player. */
export interface LabPlayhead {
  readonly position: () => number
  readonly isPlaying: () => boolean
  readonly seek: (at: number) => void
  /** Plays from where it is, or pauses. */
  readonly toggle: () => void
}

/** Sound, spectrum and detection on one axis; click seeks, double click plays a turn, drag scrolls, Ctrl and the wheel zoom. */
export function LabCanvas(props: {
  readonly timeline: Timeline
  readonly picture: LabPicture
  readonly state: LabState
  readonly settings: LabSettings
  readonly playhead: LabPlayhead
  readonly onHear: (turn: HeardTurn) => void
}): JSX.Element {
  const { timeline, picture, state, settings, playhead } = props
  const { theme, format, language } = usePreferences()
  const { picture: text } = useListenText()
  const place = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const line = useRef<HTMLDivElement>(null)
  const scratch = useRef<SpectrumScratch>(undefined)
  const [height, setHeight] = useState(layoutOf(0).height)
  const { marks, turns } = state

  useEffect(() => {
    const element = place.current
    if (!element) return
    const measure = (): void => {
      timeline.setWidth(element.clientWidth)
      setHeight(layoutOf(element.clientWidth).height)
    }
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    measure()
    return () => observer.disconnect()
  }, [timeline])

  useEffect(() => {
    let drawn = ''
    const draw = (): void => {
      const view = timeline.view()
      // While it plays only the cursor moves.
      const key = `${view.from} ${view.to} ${view.width} ${picture.version} ${devicePixelRatio}`
      if (canvas.current && key !== drawn) {
        drawn = key
        scratch.current ??= createSpectrumScratch()
        const labels = {
          enter: text.enter,
          leave: text.leave,
          kilohertz: (value: number) => text.kilohertz(format.integer(value)),
        }
        drawLab(canvas.current, scratch.current, { view, picture, marks, turns, settings, language, labels })
      }
      const at = playhead.position()
      const x = xOf(at, view)
      if (line.current) {
        line.current.style.translate = `${x}px`
        line.current.hidden = x < 0 || x > view.width
      }
      if (!place.current) return
      // A reader speaks each change of what has the focus: while it plays, whole seconds are enough.
      const seconds = playhead.isPlaying() ? Math.floor(at / 1000) : at / 1000
      const now = String(Math.round(seconds * 10) / 10)
      if (place.current.ariaValueNow === now) return
      place.current.ariaValueNow = now
      place.current.ariaValueText = text.seconds(format.decimal(seconds))
    }
    const media = matchMedia('(prefers-color-scheme: dark)')
    const redraw = (): void => {
      drawn = ''
      timeline.invalidate()
    }
    media.addEventListener('change', redraw)
    const stop = timeline.onFrame(draw)
    return () => {
      stop()
      media.removeEventListener('change', redraw)
    }
  }, [timeline, picture, marks, turns, settings, playhead, text, format, language, theme])

  const gestures = useTimelineGestures(place, timeline, (at) => {
    playhead.seek(Math.max(0, Math.min(picture.durationMs, at)))
  })
  const move = (to: number): void => {
    const at = Math.min(picture.durationMs, Math.max(0, to))
    playhead.seek(at)
    timeline.reveal(at)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const step = event.shiftKey ? 100 : 1000
    const actions: Readonly<Record<string, () => void>> = {
      ArrowLeft: () => move(playhead.position() - step),
      ArrowRight: () => move(playhead.position() + step),
      Home: () => move(0),
      End: () => move(picture.durationMs),
      ' ': playhead.toggle,
      '+': () => timeline.zoom(1 / zoomStep, playhead.position()),
      '-': () => timeline.zoom(zoomStep, playhead.position()),
      '0': () => timeline.fit(),
    }
    const action = actions[event.key]
    if (!action) return
    event.preventDefault()
    action()
  }
  const seconds = (ms: number): number => Math.round(ms / 100) / 10
  return (
    <div
      ref={place}
      className="lab-canvas"
      style={{ blockSize: height }}
      role="slider"
      tabIndex={0}
      aria-label={text.timeline}
      aria-orientation="horizontal"
      aria-valuemin={0}
      aria-valuemax={seconds(state.durationMs)}
      aria-valuenow={seconds(playhead.position())}
      aria-valuetext={text.seconds(format.decimal(playhead.position() / 1000))}
      data-testid="lab-picture"
      onKeyDown={onKeyDown}
      {...gestures.pointer}
      onPointerMove={gestures.drag}
      onDoubleClick={(event) => {
        const at = gestures.timeIn(event.clientX)
        const turn = turns.find(({ paddedMs, stopMs = Infinity }) => at >= paddedMs && at <= stopMs)
        if (turn) props.onHear(turn)
      }}
    >
      <canvas ref={canvas} style={{ blockSize: height }} aria-hidden="true" />
      <div ref={line} className="lab-cursor" />
    </div>
  )
}
