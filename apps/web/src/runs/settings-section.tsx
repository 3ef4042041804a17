'use client'

import { formatLane, sessionUpdateFor, type Comparison, type Lane } from '@parley/compare'
import { useState, type JSX } from 'react'
import { useRunsText } from '../i18n/runs-messages.ts'
import { laneLetter, laneTone } from './lane-letter.ts'

/** How each lane was set up and which model answered. */
export function SettingsSection({ comparison }: { readonly comparison: Comparison }): JSX.Element {
  const { settings: text } = useRunsText()
  return (
    <section className="run-part" aria-labelledby="settings-title" data-testid="settings">
      <h2 id="settings-title">{text.title}</h2>
      <ul className="lane-settings">
        {comparison.lanes.map((lane, place) => (
          <LaneSettings key={lane.label} comparison={comparison} lane={lane} place={place} />
        ))}
      </ul>
    </section>
  )
}

function LaneSettings(props: {
  readonly comparison: Comparison
  readonly lane: Lane
  readonly place: number
}): JSX.Element {
  const { comparison, lane, place } = props
  const { settings: text } = useRunsText()
  const runs = comparison.runs.filter((run) => run.lane.label === lane.label)
  const models = [...new Set(runs.map(({ model }) => model))].filter((model) => model !== '')
  const price = runs[0]?.price
  const own = leavesOf(lane.session)
  const laneText = textOf(lane)
  return (
    <li data-lane={laneTone(place)}>
      <h3>
        <span className="lane-letter" aria-hidden="true">
          {laneLetter(place)}
        </span>
        {lane.label}
      </h3>
      <dl>
        <Fact name={text.backend}>{lane.backend}</Fact>
        {models.length > 0 && <Fact name={text.model}>{models.join(', ')}</Fact>}
        {price && (
          <Fact name={text.price}>
            {text.prices[price.kind]}
            {price.kind === 'tokens' && (
              <small>
                {Object.entries(price.byModel[models[0] ?? ''] ?? price.byModel['*'] ?? {})
                  .map(([part, usd]) => `${part} ${usd}`)
                  .join(' · ')}{' '}
                ({text.perMillion})
              </small>
            )}
          </Fact>
        )}
        <Fact name={text.own}>
          {own.length === 0
            ? text.plain
            : own.map(([path, value]) => (
                <small key={path}>
                  <code>{path}</code> {value}
                </small>
              ))}
        </Fact>
        {laneText !== undefined && (
          <Fact name={text.text}>
            <code>{laneText}</code> <CopyButton text={laneText} />
          </Fact>
        )}
      </dl>
      <details>
        <summary>{text.sent}</summary>
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scroll area must be reached by keys */}
        <pre tabIndex={0}>
          {JSON.stringify(sessionUpdateFor(lane, comparison.scenario).session, undefined, 2)}
        </pre>
      </details>
    </li>
  )
}

function Fact(props: { readonly name: string; readonly children: React.ReactNode }): JSX.Element {
  return (
    <div>
      <dt>{props.name}</dt>
      <dd>{props.children}</dd>
    </div>
  )
}

function CopyButton({ text }: { readonly text: string }): JSX.Element {
  const { settings } = useRunsText()
  const [isCopied, setIsCopied] = useState(false)
  return (
    <button
      type="button"
      className="link-button"
      onClick={() => void navigator.clipboard.writeText(text).then(() => setIsCopied(true))}
    >
      {isCopied ? settings.copied : settings.copy}
    </button>
  )
}

/** `undefined` for settings that a lane's text cannot say. */
function textOf(lane: Lane): string | undefined {
  try {
    return formatLane(lane)
  } catch {
    return undefined
  }
}

/** Every value of a session by its path. */
function leavesOf(value: object, path = ''): readonly (readonly [string, string])[] {
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) => {
    const at = path === '' ? key : `${path}.${key}`
    if (inner === undefined) return []
    if (typeof inner === 'object' && inner !== null && !Array.isArray(inner)) return leavesOf(inner, at)
    return [[at, typeof inner === 'string' ? inner : JSON.stringify(inner)] as const]
  })
}
