'use client'

import type { Scenario } from '@parley/compare'
import { useEffect, useId, useState, type JSX } from 'react'
import { noDevices, watchDevices } from '../../audio/devices.ts'
import { SelectField } from '../../components/field.tsx'
import { Segmented } from '../../components/segmented.tsx'
import { useCompareText } from '../../i18n/compare-messages.ts'
import { usePreferences } from '../../i18n/page-preferences.tsx'
import type { CompareSetup } from '../compare-setup.ts'
import { sourceKinds } from '../plan.ts'
import type { ScenarioChoice } from '../read-scenario.ts'
import { FileField, type ChosenFile } from './file-field.tsx'
import { ScenarioField, type OwnScenario } from './scenario-field.tsx'

/** What is chosen to be said, beyond what an address holds. */
export interface Sources {
  readonly own: OwnScenario | undefined
  readonly file: ChosenFile | undefined
  readonly microphoneId: string
}

/** What is said to the lanes. */
export function SourceFields(props: {
  readonly setup: CompareSetup
  readonly onSetup: (change: Partial<CompareSetup>) => void
  readonly sources: Sources
  readonly onSources: (change: Partial<Sources>) => void
  readonly scenarios: readonly ScenarioChoice[]
  readonly scenario: Scenario | undefined
}): JSX.Element {
  const { setup, onSetup, sources, onSources } = props
  const text = useCompareText().source
  const id = useId()
  return (
    <section className="compare-part">
      <h2>{text.label}</h2>
      <Segmented
        testId="source"
        label={text.label}
        value={setup.source}
        onChange={(source) => onSetup({ source })}
        segments={sourceKinds.map((value) => ({ value, content: text[value] }))}
      />
      {setup.source === 'scenario' && (
        <ScenarioField
          scenarios={props.scenarios}
          name={setup.scenario}
          own={sources.own}
          chosen={props.scenario}
          onChoose={(scenario) => onSetup({ scenario })}
          onOwn={(own) => onSources({ own })}
          onDropOwn={() => onSources({ own: undefined })}
        />
      )}
      {setup.source === 'speak' && (
        <MicrophoneField id={sources.microphoneId} onChange={(microphoneId) => onSources({ microphoneId })} />
      )}
      {setup.source === 'type' && (
        <div className="field">
          <label htmlFor={id}>{text.text}</label>
          <textarea
            id={id}
            rows={3}
            value={setup.text}
            placeholder={text.textPlaceholder}
            data-testid="typed"
            onChange={({ target }) => onSetup({ text: target.value })}
          />
        </div>
      )}
      {setup.source === 'file' && <FileField file={sources.file} onChange={(file) => onSources({ file })} />}
    </section>
  )
}

function MicrophoneField(props: {
  readonly id: string
  readonly onChange: (id: string) => void
}): JSX.Element {
  const text = useCompareText().source
  const { setup } = usePreferences().text
  const [devices, setDevices] = useState(noDevices)
  useEffect(() => {
    const abort = new AbortController()
    watchDevices(setDevices, abort.signal)
    return () => abort.abort()
  }, [])
  return (
    <>
      <p className="field-hint">{text.speakHint}</p>
      <SelectField
        testId="compare-microphone"
        label={text.microphone}
        value={devices.microphones.some((device) => device.id === props.id) ? props.id : ''}
        hint={text.headphones}
        onChange={props.onChange}
      >
        <option value="">{setup.systemDevice}</option>
        {devices.microphones.map(({ id, label }, place) => (
          <option key={id} value={id}>
            {label || setup.unnamedDevice(place + 1)}
          </option>
        ))}
      </SelectField>
    </>
  )
}
