'use client'

import { measureDefinitions, measures, observe, type Comparison, type MeasureName } from '@parley/compare'
import { useMemo, useState, type JSX } from 'react'
import { SelectField } from '../components/field.tsx'
import { usePreferences } from '../i18n/page-preferences.tsx'
import { useRunsText } from '../i18n/runs-messages.ts'
import { DotStrip } from './dot-strip.tsx'
import { laneLetter, laneTone } from './lane-letter.ts'

/** All observations of one wait, of one comparison or of two that are held against each other. */
export function SpreadSection(props: {
  readonly comparisons: readonly Comparison[]
  /** Labels of the lanes that are shown. */
  readonly labels: readonly string[]
  /** What tells the comparisons apart; none where there is one. */
  readonly names?: readonly string[]
}): JSX.Element | null {
  const { comparisons, labels, names = [] } = props
  const { spread: text } = useRunsText()
  const { language } = usePreferences()
  const [chosen, setChosen] = useState<MeasureName>('first_audio')
  const observed = useMemo(
    () =>
      measures.flatMap(({ name, unit }) => {
        if (unit !== 'ms') return []
        const lanes = labels.map((label) => comparisons.map((comparison) => observe(comparison, label, name)))
        return lanes.flat(2).length > 1 ? { name, lanes } : []
      }),
    [comparisons, labels],
  )
  const shown = observed.find(({ name }) => name === chosen) ?? observed[0]
  if (!shown) return null
  return (
    <section className="run-part" aria-labelledby="spread-title" data-testid="spread">
      <div className="run-part-head">
        <div>
          <h2 id="spread-title">{text.title}</h2>
          <p className="field-hint">{text.lead}</p>
        </div>
        <SelectField
          label={text.measure}
          value={shown.name}
          onChange={(value) => setChosen(observed.find(({ name }) => name === value)?.name ?? 'first_audio')}
        >
          {observed.map(({ name }) => (
            <option key={name} value={name}>
              {measureDefinitions[name][language].title}
            </option>
          ))}
        </SelectField>
      </div>
      <DotStrip
        strips={shown.lanes.flatMap((of, place) =>
          of.map((values, which) => ({
            key: `${labels[place]} ${which}`,
            letter: laneLetter(place),
            tone: laneTone(place),
            name: [labels[place], names[which]].filter((part) => part !== undefined).join(' · '),
            values,
          })),
        )}
      />
    </section>
  )
}
