'use client'

import { useEffect, useRef, type JSX, type ReactNode } from 'react'
import { Icon } from '../../components/icons.tsx'
import { useCompareText } from '../../i18n/compare-messages.ts'
import { usePreferences } from '../../i18n/page-preferences.tsx'
import type { LanePart } from './lane-row.tsx'
import { zoomStep, type Timeline } from './timeline.ts'
import { ZoomButton } from './zoom-button.tsx'

const parts: readonly LanePart[] = ['words', 'numbers', 'marks']

/** Plays and zooms all lanes, and chooses what is shown of them. */
export function Transport(props: {
  readonly timeline: Timeline
  readonly position: () => number
  readonly isPlaying: boolean
  readonly canPlay: boolean
  readonly onPlay: () => void
  readonly onPlayAll: () => void
  readonly repeats: number
  readonly repeat: number
  readonly onRepeat: (repeat: number) => void
  readonly shown: ReadonlySet<LanePart>
  readonly onShown: (shown: ReadonlySet<LanePart>) => void
  readonly children?: ReactNode
}): JSX.Element {
  const { timeline, shown } = props
  const { stage: text } = useCompareText()
  const { format } = usePreferences()
  return (
    <div className="transport">
      <div className="transport-group">
        <button
          type="button"
          className="button"
          disabled={!props.canPlay}
          data-testid="play"
          data-playing={props.isPlaying}
          onClick={props.onPlay}
        >
          <Icon name={props.isPlaying ? 'pause' : 'play'} size={18} />
          {props.isPlaying ? text.pause : text.play}
        </button>
        <button
          type="button"
          className="button"
          disabled={!props.canPlay}
          title={text.playAllLong}
          data-testid="play-all"
          onClick={props.onPlayAll}
        >
          {text.playAll}
        </button>
        <Position timeline={timeline} position={props.position} />
      </div>
      {props.repeats > 1 && (
        <label className="transport-repeat">
          {text.repeat}
          <select
            value={props.repeat}
            data-testid="repeat"
            onChange={({ target }) => props.onRepeat(Number(target.value))}
          >
            {Array.from({ length: props.repeats }, (_, repeat) => (
              <option key={repeat} value={repeat}>
                {format.integer(repeat + 1)}
              </option>
            ))}
          </select>
        </label>
      )}
      <div className="transport-group" role="group" aria-label={text.shown}>
        {parts.map((part) => (
          <button
            key={part}
            type="button"
            className="toggle"
            aria-pressed={shown.has(part)}
            data-testid={`show-${part}`}
            onClick={() => {
              const next = new Set(shown)
              if (!next.delete(part)) next.add(part)
              props.onShown(next)
            }}
          >
            {text[part]}
          </button>
        ))}
      </div>
      <div className="transport-group transport-zoom">
        <ZoomButton icon="minus" label={text.zoomOut} onClick={() => timeline.zoom(zoomStep)} />
        <ZoomButton icon="plus" label={text.zoomIn} onClick={() => timeline.zoom(1 / zoomStep)} />
        <ZoomButton icon="fit" label={text.zoomFit} onClick={() => timeline.fit()} />
      </div>
      {props.children}
    </div>
  )
}

/** Where the player is; drawn with the lanes, so that the page does not render for each frame. */
function Position(props: { readonly timeline: Timeline; readonly position: () => number }): JSX.Element {
  const { timeline, position } = props
  const { stage: text } = useCompareText()
  const { format } = usePreferences()
  const place = useRef<HTMLOutputElement>(null)
  useEffect(
    () =>
      timeline.onFrame(() => {
        const words = text.seconds(format.decimal(position() / 1000))
        if (place.current && place.current.textContent !== words) place.current.textContent = words
      }),
    [timeline, position, text, format],
  )
  return <output className="transport-position" ref={place} aria-label={text.position} aria-live="off" />
}
