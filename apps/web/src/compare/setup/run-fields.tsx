'use client'

import type { JSX } from 'react'
import { SelectField } from '../../components/field.tsx'
import { Segmented } from '../../components/segmented.tsx'
import { useCompareText } from '../../i18n/compare-messages.ts'
import { usePreferences } from '../../i18n/page-preferences.tsx'
import type { CompareSetup } from '../compare-setup.ts'
import { repeatChoices } from '../plan.ts'

/** How often, in which order, and whether blind. */
export function RunFields(props: {
  readonly setup: CompareSetup
  readonly onChange: (change: Partial<CompareSetup>) => void
}): JSX.Element {
  const { setup, onChange } = props
  const { run: text } = useCompareText()
  const { format } = usePreferences()
  const isLive = setup.source === 'speak'
  return (
    <section className="compare-part">
      {!isLive && (
        <>
          <div className="field-pair">
            <SelectField
              testId="repeats"
              label={text.repeats}
              value={String(setup.repeats)}
              onChange={(value) => onChange({ repeats: Number(value) })}
            >
              {repeatChoices.map((choice) => (
                <option key={choice} value={choice}>
                  {format.integer(choice)}
                </option>
              ))}
            </SelectField>
            <div className="field">
              <span className="field-label">{text.order}</span>
              <Segmented
                testId="order"
                label={text.order}
                value={setup.order}
                onChange={(order) => onChange({ order })}
                segments={[
                  { value: 'together', content: text.together },
                  { value: 'in turn', content: text.inTurn },
                ]}
              />
            </div>
          </div>
          <p className="field-hint">{setup.order === 'together' ? text.togetherHint : text.inTurnHint}</p>
        </>
      )}
      <label className="check">
        <input
          type="checkbox"
          checked={setup.blind}
          data-testid="blind"
          onChange={({ target }) => onChange({ blind: target.checked })}
        />
        {text.blind}
      </label>
    </section>
  )
}
