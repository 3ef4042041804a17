'use client'

import type { VoiceCapability } from '@parley/core'
import { useEffect, useState, type JSX } from 'react'
import type { Backend, VoiceQuery } from '../gateway-client.ts'
import { usePreferences } from '../i18n/page-preferences.tsx'

const genders = ['female', 'male', 'neutral'] as const

/** Narrows the search by language, gender and kind. */
export function VoiceFilters(props: {
  readonly query: VoiceQuery
  readonly onChange: (query: VoiceQuery) => void
  readonly found: readonly VoiceCapability[]
  readonly backend: Backend
}): JSX.Element {
  const { query, onChange, found, backend } = props
  const { text, format } = usePreferences()
  const [seen, setSeen] = useState<readonly string[]>([])
  useEffect(() => {
    // Kinds are known from the voices seen so far: a search for one kind must not take the others away.
    setSeen((before) => {
      const voices = [...backend.capabilities.voices, ...found]
      const all = new Set([...before, ...voices.flatMap(({ engine }) => engine ?? [])])
      return all.size === before.length ? before : [...all].toSorted()
    })
  }, [backend, found])
  const languages = backend.capabilities.languages
    .map(({ code }) => ({ code, name: format.languageName(code) }))
    .toSorted((a, b) => a.name.localeCompare(b.name))
  return (
    <div className="picker-filters">
      <select
        aria-label={text.voices.language}
        data-testid="voice-language"
        value={query.language}
        onChange={({ target }) => onChange({ ...query, language: target.value })}
      >
        <option value="">{text.voices.anyLanguage}</option>
        {languages.map(({ code, name }) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
      </select>
      <select
        aria-label={text.voices.gender}
        data-testid="voice-gender"
        value={query.gender}
        onChange={({ target }) => onChange({ ...query, gender: target.value })}
      >
        <option value="">{text.voices.anyGender}</option>
        {genders.map((gender) => (
          <option key={gender} value={gender}>
            {text.voices.genders[gender]}
          </option>
        ))}
      </select>
      {seen.length > 1 && (
        <select
          aria-label={text.voices.kind}
          data-testid="voice-kind"
          value={query.kind}
          onChange={({ target }) => onChange({ ...query, kind: target.value })}
        >
          <option value="">{text.voices.anyKind}</option>
          {seen.map((kind) => (
            <option key={kind} value={kind}>
              {kind}
            </option>
          ))}
        </select>
      )}
    </div>
  )
}
