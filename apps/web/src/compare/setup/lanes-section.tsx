'use client'

import type { JSX } from 'react'
import { Icon } from '../../components/icons.tsx'
import { docsAddress } from '../../docs-address.ts'
import type { BackendList } from '../../gateway-client.ts'
import { useCompareText } from '../../i18n/compare-messages.ts'
import { usePreferences } from '../../i18n/page-preferences.tsx'
import { laneLimits, plainLane, type LaneSetup } from '../lane-setup.ts'
import { LaneFields } from './lane-fields.tsx'

/** Two to four lanes, and what would turn on more backends. */
export function LanesSection(props: {
  readonly lanes: readonly LaneSetup[]
  readonly backends: BackendList | undefined
  /** Why the lanes cannot run as they are. */
  readonly problem: string | undefined
  readonly onChange: (lanes: readonly LaneSetup[]) => void
}): JSX.Element {
  const { lanes, backends, onChange } = props
  const { lanes: text } = useCompareText()
  const isSame = lanes.some((lane, place) =>
    lanes.slice(0, place).some((other) => JSON.stringify(other) === JSON.stringify(lane)),
  )
  const defaultName = backends?.backends.find((backend) => backend.default)?.name ?? lanes[0]?.backend ?? ''
  return (
    <section className="compare-part">
      <h2>{text.label}</h2>
      {lanes.map((lane, place) => (
        <LaneFields
          // oxlint-disable-next-line react/no-array-index-key -- a lane is its place until it has run
          key={place}
          place={place}
          setup={lane}
          backends={backends}
          onChange={(changed) => onChange(lanes.with(place, changed))}
          onRemove={lanes.length > laneLimits.fewest ? () => onChange(lanes.toSpliced(place, 1)) : undefined}
        />
      ))}
      {props.problem !== undefined && (
        <p className="lane-problem" role="alert">
          {text.wrong(props.problem)}
        </p>
      )}
      {isSame && <p className="field-hint">{text.same}</p>}
      {lanes.length < laneLimits.most && (
        <button
          type="button"
          className="button small add-lane"
          data-testid="add-lane"
          onClick={() => onChange([...lanes, plainLane(defaultName)])}
        >
          <Icon name="plus" size={16} />
          {text.add}
        </button>
      )}
      {/* Its place is kept while the backends are not known. */}
      <div className="unavailable-place">
        {backends && backends.unavailable.length > 0 && <Unavailable list={backends} />}
      </div>
    </section>
  )
}

function Unavailable({ list }: { readonly list: BackendList }): JSX.Element {
  const { lanes: text } = useCompareText()
  const { text: words, language } = usePreferences()
  return (
    <details className="fold" data-testid="unavailable">
      <summary>{text.unavailable(list.unavailable.length)}</summary>
      <ul className="unavailable">
        {list.unavailable.map(({ name, title, setting, help }) => (
          <li key={name}>
            <p className="unavailable-title">{title}</p>
            <code>{setting}</code>
            <p className="field-hint">{help}</p>
            <a href={docsAddress(language, `backends/${name}`)} target="_blank" rel="noreferrer">
              {words.backends.guide(title)}
            </a>
          </li>
        ))}
      </ul>
    </details>
  )
}
