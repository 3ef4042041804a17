'use client'

import type { JSX } from 'react'
import { Segmented } from '../components/segmented.tsx'
import { useListenText } from '../i18n/listen-messages.ts'
import {
  defaultLabSettings,
  detectorNames,
  eagernessNames,
  sureLevels,
  turnModes,
  type LabNumber,
  type LabSettings,
} from './lab-settings.ts'
import { unsentSettings, type WireForm } from './session-json.ts'
import { SliderField } from './slider-field.tsx'

/** Every setting of detection and of the end of turns. */
export function SettingsPanel(props: {
  readonly settings: LabSettings
  /** The protocol that the settings are meant for. */
  readonly form: WireForm
  readonly onChange: (change: Partial<LabSettings>) => void
}): JSX.Element {
  const { settings, onChange } = props
  const { settings: text } = useListenText()
  const unsent = unsentSettings(settings, props.form)
  const slider = (name: LabNumber): JSX.Element => (
    <SliderField
      key={name}
      name={name}
      value={settings[name]}
      isLocal={unsent.includes(name)}
      onChange={(value) => onChange({ [name]: value })}
    />
  )
  const choice = <Key extends 'detector' | 'mode' | 'eagerness' | 'sureLevel'>(
    name: Key,
    values: readonly LabSettings[Key][],
    words: Readonly<Record<LabSettings[Key], string>>,
    hint: string,
  ): JSX.Element => (
    <div className="field">
      <span className="field-label">{text[name]}</span>
      <Segmented
        testId={`choice-${name}`}
        label={text[name]}
        value={settings[name]}
        segments={values.map((value) => ({ value, content: words[value] }))}
        onChange={(value) => onChange({ [name]: value })}
      />
      <p className="field-hint">{hint}</p>
    </div>
  )
  return (
    <div className="lab-settings">
      <section className="compare-part" aria-labelledby="lab-detection">
        <h2 id="lab-detection">{text.detection}</h2>
        {choice('detector', detectorNames, text.detectors, text.detectorHints[settings.detector])}
        {settings.detector === 'energy' && (
          <>
            {slider('energyThresholdDb')}
            {slider('energyFloorDbfs')}
          </>
        )}
        {slider('enterThreshold')}
        {slider('leaveThreshold')}
        {slider('minSpeechMs')}
        {slider('prefixPaddingMs')}
        {slider('tailMs')}
      </section>
      <section className="compare-part" aria-labelledby="lab-end">
        <h2 id="lab-end">{text.end}</h2>
        {choice('mode', turnModes, text.modes, text.modeHints[settings.mode])}
        {settings.mode === 'semantic_vad'
          ? choice('eagerness', eagernessNames, text.eagernessNames, text.eagernessHint)
          : slider('silenceMs')}
        {settings.mode === 'azure_semantic_vad' && (
          <>
            {slider('timeoutMs')}
            {choice('sureLevel', sureLevels, text.sureLevels, text.sureHint)}
          </>
        )}
        {slider('pauseMs')}
        <button
          type="button"
          className="button small"
          data-testid="lab-reset"
          onClick={() => onChange(defaultLabSettings)}
        >
          {text.reset}
        </button>
      </section>
    </div>
  )
}
