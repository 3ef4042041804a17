'use client'

import { xOf, type LaneShapes, type Mark, type Scenario } from '@parley/compare'
import { useEffect, useRef, useState, type JSX, type PointerEvent } from 'react'
import { useCompareText } from '../../i18n/compare-messages.ts'
import { usePreferences } from '../../i18n/page-preferences.tsx'
import type { LaneTrack } from '../lane-track.ts'
import { drawLane, laneHeight } from './draw-lane.ts'
import type { Timeline } from './timeline.ts'
import { useMarkText } from './use-mark-text.ts'
import { slackPx, useTimelineGestures } from './use-timeline-gestures.ts'

/** What the lanes share of the player. */
export interface Playhead {
  readonly position: () => number
  readonly isPlaying: () => boolean
  readonly seek: (at: number) => void
  readonly onKey: (event: React.KeyboardEvent) => void
}

/** Sound and moments of one lane; click seeks, drag scrolls, Ctrl and the wheel zoom. */
export function LaneCanvas(props: {
  readonly name: string
  readonly track: LaneTrack
  readonly scenario: Scenario | undefined
  readonly shift: number
  readonly timeline: Timeline
  readonly playhead: Playhead
  readonly durationMs: number
  /** Shows the sound alone, without moments and waits. */
  readonly isBlind: boolean
}): JSX.Element {
  const { track, scenario, shift, timeline, playhead, isBlind } = props
  const { theme, format } = usePreferences()
  const text = useCompareText()
  const { labelOf, describe } = useMarkText()
  const place = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const line = useRef<HTMLDivElement>(null)
  const shapes = useRef<LaneShapes>(undefined)
  const [found, setFound] = useState<{ readonly x: number; readonly mark: Mark }>()

  useEffect(() => {
    const draw = (): void => {
      const view = timeline.view()
      if (canvas.current) {
        shapes.current = drawLane(canvas.current, {
          track,
          scenario,
          shift,
          view,
          labelOf,
          isBlind,
          waitLabel: (ms) => text.stage.milliseconds(format.integer(ms)),
        })
      }
      const x = xOf(playhead.position(), view)
      if (line.current) {
        line.current.style.translate = `${x}px`
        line.current.hidden = x < 0 || x > view.width
      }
      if (place.current) {
        // A reader speaks each change of what has the focus: while it plays, whole seconds are enough.
        const at = playhead.isPlaying() ? Math.floor(playhead.position() / 1000) : playhead.position() / 1000
        const now = String(Math.round(at * 10) / 10)
        if (place.current.ariaValueNow !== now) {
          place.current.ariaValueNow = now
          place.current.ariaValueText = text.stage.seconds(format.decimal(at))
        }
      }
    }
    const media = matchMedia('(prefers-color-scheme: dark)')
    media.addEventListener('change', timeline.invalidate)
    const stop = timeline.onFrame(draw)
    return () => {
      stop()
      media.removeEventListener('change', timeline.invalidate)
    }
  }, [track, scenario, shift, timeline, playhead, isBlind, labelOf, text, format, theme])

  const gestures = useTimelineGestures(place, timeline, playhead.seek)
  const xIn = (event: PointerEvent): number =>
    event.clientX - (place.current?.getBoundingClientRect().left ?? 0)
  const seconds = (): number => playhead.position() / 1000
  return (
    <div
      ref={place}
      className="lane-canvas"
      style={{ blockSize: laneHeight }}
      role="slider"
      tabIndex={0}
      aria-label={text.stage.timeline(props.name)}
      aria-orientation="horizontal"
      aria-valuemin={0}
      aria-valuemax={Math.round(props.durationMs / 100) / 10}
      aria-valuenow={Math.round(seconds() * 10) / 10}
      aria-valuetext={text.stage.seconds(format.decimal(seconds()))}
      data-testid="timeline"
      onKeyDown={playhead.onKey}
      {...gestures.pointer}
      onPointerMove={(event) => {
        if (gestures.drag(event)) return
        const x = xIn(event)
        const near = shapes.current?.marks
          .filter((shape) => Math.abs(shape.x - x) <= slackPx)
          .toSorted((a, b) => Math.abs(a.x - x) - Math.abs(b.x - x))[0]
        setFound(near && { x: near.x, mark: near.mark })
      }}
      onPointerLeave={() => setFound(undefined)}
    >
      <canvas ref={canvas} style={{ blockSize: laneHeight }} />
      <div ref={line} className="playhead" />
      {found && (
        <div
          className="mark-tip"
          style={{ insetInlineStart: found.x }}
          data-flip={found.x > timeline.view().width - 220}
          aria-hidden="true"
        >
          <b>{describe(found.mark).name}</b>{' '}
          {text.stage.seconds(format.decimal((found.mark.at + shift) / 1000))}
          {describe(found.mark).detail !== '' && <p>{describe(found.mark).detail}</p>}
        </div>
      )}
    </div>
  )
}
