'use client'

import type { JSX } from 'react'
import { usePreferences } from '../i18n/page-preferences.tsx'
import type { Latency } from '../session/latency.ts'

/** Width of the bar for one millisecond, so that bars compare between turns. */
const pixelsPerMs = 0.24

/** The silence between a turn and its answer: how long it was and what it was made of. */
export function LatencyBar({ latency }: { readonly latency: Latency }): JSX.Element {
  const { text, format } = usePreferences()
  const milliseconds = (ms: number): string => text.latency.milliseconds(format.integer(ms))
  return (
    <figure className="latency" data-testid="latency" data-ms={Math.round(latency.totalMs)}>
      <div
        className="latency-bar"
        aria-hidden="true"
        style={{ inlineSize: `min(100%, ${latency.totalMs * pixelsPerMs}px)` }}
      >
        {latency.parts.map((part) => (
          <span key={part.name} data-part={part.name} style={{ flexGrow: part.ms }} />
        ))}
      </div>
      <figcaption>
        <span className="latency-total">
          <strong>{milliseconds(latency.totalMs)}</strong>{' '}
          {latency.origin === 'speech' ? text.latency.fromSpeech : text.latency.fromSending}
        </span>
        <ul className="latency-parts">
          {latency.parts.map((part) => (
            <li key={part.name}>
              <i data-part={part.name} aria-hidden="true" />
              {text.latency.parts[part.name]} <b>{format.integer(part.ms)}</b>
            </li>
          ))}
        </ul>
      </figcaption>
    </figure>
  )
}
