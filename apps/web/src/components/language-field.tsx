'use client'

import type { LanguageCapability } from '@parley/core'
import type { JSX } from 'react'
import { usePreferences } from '../i18n/page-preferences.tsx'
import { SelectField } from './field.tsx'
import { usePlayground } from './playground-context.tsx'

/** Offered where a backend does not tell its languages: those most spoken, and those of this page. */
const untold: readonly LanguageCapability[] = [
  'en',
  'de',
  'es',
  'fr',
  'it',
  'nl',
  'pl',
  'pt',
  'tr',
  'ar',
  'hi',
  'id',
  'ja',
  'ko',
  'ru',
  'uk',
  'vi',
  'zh',
].map((code) => ({ code, recognition: 'ready', speech: 'ready', downloads: [] }))

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
  const told = usePlayground().backend?.capabilities.languages ?? []
  const languages = told.length > 0 ? told : untold
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
            {/* What the chosen one of a conversation needs stands below in full. */}
            {(code !== value || direction !== 'both') && needs}
          </option>
        )
      })}
    </SelectField>
  )
}
