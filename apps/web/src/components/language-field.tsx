'use client'

import type { JSX } from 'react'
import { usePreferences } from '../i18n/page-preferences.tsx'
import { SelectField } from './field.tsx'
import { usePlayground } from './playground-context.tsx'

/** One of the backend's languages; says which need a download and which cannot be had in this direction. */
export function LanguageField(props: {
  readonly testId: string
  readonly label: string
  readonly value: string
  /** What has to work: hearing it, speaking it, or both. */
  readonly direction: 'recognition' | 'speech' | 'both'
  readonly onChange: (code: string) => void
}): JSX.Element {
  const { testId, label, value, direction, onChange } = props
  const { text, format } = usePreferences()
  const languages = usePlayground().backend?.capabilities.languages ?? []
  return (
    <SelectField testId={testId} label={label} value={value} onChange={onChange}>
      {languages.every(({ code }) => code !== value) && (
        <option value={value}>{format.languageName(value)}</option>
      )}
      {languages.map(({ code, recognition, speech }) => {
        const states = { recognition: [recognition], speech: [speech], both: [recognition, speech] }[
          direction
        ]
        const needs = states.includes('none')
          ? ` · ${text.setup.unavailable}`
          : states.includes('download')
            ? ` · ${text.setup.needsDownload}`
            : ''
        return (
          <option key={code} value={code}>
            {format.languageName(code)}
            {needs}
          </option>
        )
      })}
    </SelectField>
  )
}
