'use client'

import { formatValue, quantile, timeTicks } from '@parley/compare'
import type { JSX } from 'react'
import { usePreferences } from '../i18n/page-preferences.tsx'
import { useRunsText } from '../i18n/runs-messages.ts'

/** Observations of one lane, ms. */
export interface Strip {
  readonly key: string
  readonly letter: string
  /** As `data-lane` has it. */
  readonly tone: string
  readonly name: string
  readonly values: readonly number[]
}

/** Waits as dots, lane under lane on one axis from 0, with the median as a line. */
export function DotStrip({ strips }: { readonly strips: readonly Strip[] }): JSX.Element {
  const { language, format } = usePreferences()
  const { spread: text } = useRunsText()
  const values = strips.flatMap((strip) => strip.values)
  const from = Math.min(0, ...values)
  const to = Math.max(1, ...values)
  const view = { from, to: to + (to - from) * 0.04, width: 640 }
  const share = (ms: number): string => `${(100 * (ms - view.from)) / (view.to - view.from)}%`
  const ticks = timeTicks(view, language)
  return (
    <figure className="strips" data-testid="strips">
      {strips.map(({ key, letter, tone, name, values: own }) => {
        const sorted = own.toSorted((a, b) => a - b)
        const median = sorted.length === 0 ? undefined : quantile(sorted, 0.5)
        return (
          <div key={key} className="strip" data-lane={tone}>
            <p className="strip-name">
              <span className="lane-letter" aria-hidden="true">
                {letter}
              </span>
              <span>{name}</span>
            </p>
            <svg
              className="strip-plot"
              role="img"
              aria-label={text.values(
                name,
                own.map((value) => formatValue(value, 'ms', language)).join(', '),
              )}
            >
              {ticks.map(({ at }) => (
                <line key={at} className="strip-grid" x1={share(at)} x2={share(at)} y1="0" y2="100%" />
              ))}
              {own.map((value, place) => (
                // oxlint-disable-next-line react/no-array-index-key -- observations are in their order
                <circle key={place} cx={share(value)} cy={20 + jitter(place)} r="4" />
              ))}
              {median !== undefined && (
                <line className="strip-median" x1={share(median)} x2={share(median)} y1="4" y2="36" />
              )}
            </svg>
            <p className="strip-value">
              {median !== undefined && formatValue(median, 'ms', language)}
              <small>{text.count(format.integer(own.length))}</small>
            </p>
          </div>
        )
      })}
      <div className="strip strip-axis" aria-hidden="true">
        <span />
        <svg className="strip-plot">
          {ticks.map(({ at, label }) => (
            <text key={at} x={share(at)} y="12" textAnchor={at === from ? 'start' : 'middle'}>
              {label}
            </text>
          ))}
        </svg>
        <span />
      </div>
    </figure>
  )
}

/** Keeps equal observations apart, the same way each time, px. */
function jitter(place: number): number {
  return ((place * 2) % 5) * 3 - 6
}
