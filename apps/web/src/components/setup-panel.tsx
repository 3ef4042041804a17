'use client'

import { useEffect, useId, useState, type JSX } from 'react'
import { usePreferences } from '../i18n/page-preferences.tsx'
import { choicesOf } from '../session/fit-settings.ts'
import { languageOf } from '../session/translation.ts'
import { BackendFacts } from './backend-facts.tsx'
import { BackendField } from './backend-field.tsx'
import { DeviceFields } from './device-fields.tsx'
import { LanguageField } from './language-field.tsx'
import { LanguageNeeds } from './language-needs.tsx'
import { MemoryField } from './memory-field.tsx'
import { usePlayground } from './playground-context.tsx'
import { PurposeField } from './purpose-field.tsx'
import { RecordField } from './record-field.tsx'
import { TranslationFields } from './translation-fields.tsx'
import { AnswerFields, TurnFields } from './turn-fields.tsx'
import { VoiceField } from './voice-field.tsx'

/** Who answers, how, and through which devices. */
export function SetupPanel(): JSX.Element {
  const { text } = usePreferences()
  const { settings, backend } = usePlayground()
  return (
    <section className="panel setup" aria-labelledby="setup-title">
      <h2 id="setup-title">{text.setup.label}</h2>
      <BackendField />
      {backend && <BackendFacts capabilities={backend.capabilities} />}
      <PurposeField />
      {settings.purpose === 'translation' ? <TranslationFields /> : <ConversationFields />}
      <TurnFields />
      <AnswerFields />
      <MemoryField />
      <DeviceFields />
      <RecordField />
    </section>
  )
}

function ConversationFields(): JSX.Element {
  const { text } = usePreferences()
  const { settings, changeSettings, backend } = usePlayground()
  const language = backend && languageOf(backend.capabilities, settings.language)
  return (
    <>
      <div className="field-pair">
        <LanguageField
          testId="language"
          label={text.setup.language}
          value={settings.language}
          direction="both"
          onChange={(code) => changeSettings({ language: code, voice: '', voiceStyle: '' })}
        />
        <VoiceField />
      </div>
      {language && <LanguageNeeds language={language} />}
      {backend && !choicesOf(backend.capabilities).instructions ? (
        <p className="field-hint">{text.backends.ownInstructions}</p>
      ) : (
        <Instructions />
      )}
    </>
  )
}

/** Instructions take effect when the field is left, not with every letter. */
function Instructions(): JSX.Element {
  const { text } = usePreferences()
  const { settings, changeSettings } = usePlayground()
  const id = useId()
  const [draft, setDraft] = useState(settings.instructions)
  useEffect(() => setDraft(settings.instructions), [settings.instructions])
  return (
    <div className="field">
      <label htmlFor={id}>{text.setup.instructions}</label>
      <textarea
        id={id}
        rows={3}
        value={draft}
        placeholder={text.setup.instructionsHint}
        data-testid="instructions"
        onChange={({ target }) => setDraft(target.value)}
        onBlur={() => changeSettings({ instructions: draft })}
      />
    </div>
  )
}
