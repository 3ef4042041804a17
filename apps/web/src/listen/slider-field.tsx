'use client'

import { useId, type JSX } from 'react'
import { useListenText } from '../i18n/listen-messages.ts'
import { usePreferences } from '../i18n/page-preferences.tsx'
import { labRanges, type LabNumber } from './lab-settings.ts'

/** A number of the settings with its value beside its name. */
export function SliderField(props: {
  readonly name: LabNumber
  readonly value: number
  readonly onChange: (value: number) => void
  /** True for what the session object has no field for. */
  readonly isLocal?: boolean
}): JSX.Element {
  const { name, value } = props
  const { settings: text } = useListenText()
  const { format, language } = usePreferences()
  const id = useId()
  const { min, max, step, unit } = labRanges[name]
  const share = new Intl.NumberFormat(language, { minimumFractionDigits: 2, maximumFractionDigits: 2 })
  const shown = {
    ms: text.milliseconds(format.integer(value)),
    dB: text.decibels(format.decimal(value)),
    share: share.format(value),
  }[unit]
  const { label, hint } = text.numbers[name]
  return (
    <div className="slider">
      <div className="slider-head">
        <label htmlFor={id}>
          {label}
          {props.isLocal && (
            <span className="slider-local" title={text.localLong}>
              {text.local}
            </span>
          )}
        </label>
        <output htmlFor={id}>{shown}</output>
      </div>
      <input
        type="range"
        id={id}
        min={min}
        max={max}
        step={step}
        value={value}
        aria-valuetext={shown}
        aria-describedby={`${id}-hint`}
        data-testid={`slider-${name}`}
        onChange={({ target }) => props.onChange(Number(target.value))}
      />
      <p className="field-hint" id={`${id}-hint`}>
        {hint}
      </p>
    </div>
  )
}
