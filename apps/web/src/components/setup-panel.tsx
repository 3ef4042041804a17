'use client'

import { useEffect, useId, useState, type JSX } from 'react'
import { usePreferences } from '../i18n/page-preferences.tsx'
import { silenceChoices, type Settings } from '../session/settings.ts'
import { DeviceFields } from './device-fields.tsx'
import { SelectField } from './field.tsx'
import { LanguageNeeds } from './language-needs.tsx'
import { usePlayground } from './playground-context.tsx'
import { Segmented } from './segmented.tsx'
import { VoiceField } from './voice-field.tsx'

/** Who answers, how, and through which devices. */
export function SetupPanel(): JSX.Element {
  const { text, format } = usePreferences()
  const { settings, changeSettings, backends, backend } = usePlayground()
  const languages = backend?.capabilities.languages ?? []
  const language = languages.find(({ code }) => code === settings.language)
  return (
    <section className="panel setup" aria-labelledby="setup-title">
      <h2 id="setup-title">{text.setup.label}</h2>
      <SelectField
        testId="backend"
        label={text.setup.backend}
        value={backend?.name ?? ''}
        disabled={backends === undefined}
        hint={backend?.capabilities.description}
        onChange={(name) => changeSettings({ backend: name, voice: '' })}
      >
        {backends === undefined && <option value="">{text.setup.loading}</option>}
        {backends?.map(({ name, capabilities, default: isDefault }) => (
          <option key={name} value={name}>
            {capabilities.title}
            {isDefault && backends.length > 1 ? ` (${text.setup.defaultBackend})` : ''}
          </option>
        ))}
      </SelectField>
      <div className="field-pair">
        <SelectField
          testId="language"
          label={text.setup.language}
          value={settings.language}
          onChange={(code) => changeSettings({ language: code, voice: '' })}
        >
          {!language && <option value={settings.language}>{format.languageName(settings.language)}</option>}
          {languages.map(({ code, recognition, speech }) => {
            const needs =
              recognition === 'none' || speech === 'none'
                ? ` · ${text.setup.unavailable}`
                : recognition === 'download' || speech === 'download'
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
        <VoiceField />
      </div>
      {language && <LanguageNeeds language={language} />}
      <Instructions />
      <div className="field">
        <span className="field-label">{text.setup.turns}</span>
        <Segmented<Settings['turnMode']>
          testId="turn-mode"
          label={text.setup.turns}
          value={settings.turnMode}
          onChange={(turnMode) => changeSettings({ turnMode })}
          segments={[
            { value: 'vad', content: text.setup.vad },
            { value: 'push-to-talk', content: text.setup.pushToTalk },
          ]}
        />
      </div>
      {settings.turnMode === 'vad' && (
        <div className="field">
          <span className="field-label">{text.setup.silence}</span>
          <Segmented
            testId="silence"
            label={text.setup.silence}
            value={String(settings.silenceMs)}
            onChange={(silenceMs) => changeSettings({ silenceMs: Number(silenceMs) })}
            segments={silenceChoices.map((choice) => ({
              value: String(choice),
              content: text.setup.milliseconds(format.integer(choice)),
            }))}
          />
        </div>
      )}
      <DeviceFields />
    </section>
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
