'use client'

import type { JSX } from 'react'
import { usePreferences } from '../i18n/page-preferences.tsx'
import { SelectField } from './field.tsx'
import { usePlayground } from './playground-context.tsx'

/** Voices of the backend: those of the spoken language first. */
export function VoiceField(): JSX.Element {
  const { text, format } = usePreferences()
  const { settings, changeSettings, backend } = usePlayground()
  const voices = backend?.capabilities.voices ?? []
  const speaks = (languages: readonly string[]): boolean =>
    languages.some((tag) => tag.split('-')[0] === settings.language)
  const own = voices.filter(({ languages }) => speaks(languages))
  const others = voices.filter(({ languages }) => !speaks(languages))
  const isKnown = voices.some(({ name }) => name === settings.voice)
  return (
    <SelectField
      testId="voice"
      label={text.setup.voice}
      value={isKnown ? settings.voice : ''}
      onChange={(voice) => changeSettings({ voice })}
    >
      <option value="">{text.setup.defaultVoice}</option>
      {own.map(({ name }) => (
        <option key={name} value={name}>
          {name}
        </option>
      ))}
      {others.length > 0 && (
        <optgroup label={text.setup.otherVoices}>
          {others.map(({ name, languages }) => (
            <option key={name} value={name}>
              {name}
              {languages[0] === undefined ? '' : ` (${format.languageName(languages[0])})`}
            </option>
          ))}
        </optgroup>
      )}
    </SelectField>
  )
}
