'use client'

import type { JSX } from 'react'
import { docsAddress } from '../docs-address.ts'
import type { Download } from '../gateway-client.ts'
import { usePreferences } from '../i18n/page-preferences.tsx'
import { languageOf, swapped, translationNeeds, type TranslationNeed } from '../session/translation.ts'
import { DownloadRow } from './download-row.tsx'
import { Icon } from './icons.tsx'
import { LanguageField } from './language-field.tsx'
import { usePlayground } from './playground-context.tsx'
import { VoiceField } from './voice-field.tsx'

/** From which language into which, in which voice, and what is missing for it. */
export function TranslationFields(): JSX.Element {
  const { text } = usePreferences()
  const { settings, changeSettings } = usePlayground()
  return (
    <>
      <div className="direction">
        <LanguageField
          testId="language"
          label={text.translation.from}
          value={settings.language}
          direction="recognition"
          onChange={(language) => changeSettings({ language })}
        />
        <button
          type="button"
          className="quiet-button square"
          aria-label={text.translation.swap}
          title={text.translation.swap}
          data-testid="swap"
          onClick={() => changeSettings(swapped(settings))}
        >
          <Icon name="swap" size={18} />
        </button>
        <LanguageField
          testId="translate-to"
          label={text.translation.to}
          value={settings.translateTo}
          direction="speech"
          onChange={(translateTo) => changeSettings({ translateTo, voice: '', voiceStyle: '' })}
        />
      </div>
      <VoiceField />
      <Missing />
    </>
  )
}

function Missing(): JSX.Element | null {
  const { text } = usePreferences()
  const { settings, backend, downloads } = usePlayground()
  if (!backend) return null
  const { capabilities } = backend
  const needs = translationNeeds(settings, capabilities)
  if (needs.length === 0) return null
  const offered = needs.flatMap((need) => {
    const purpose = downloadPurpose(need)
    if (!('language' in need) || purpose === undefined) return []
    const ids = languageOf(capabilities, need.language)?.downloads ?? []
    return downloads.all.filter((download) => download.purpose === purpose && ids.includes(download.id))
  })
  return (
    <div
      className="needs"
      role="group"
      aria-label={text.translation.missing}
      data-ready="false"
      data-testid="translation-needs"
    >
      {needs.map((need) => (
        <Need key={need.kind} need={need} />
      ))}
      {offered.map((download) => (
        <DownloadRow key={download.id} download={download} />
      ))}
    </div>
  )
}

function downloadPurpose({ kind }: TranslationNeed): Download['purpose'] | undefined {
  if (kind === 'recognition-download') return 'recognition'
  return kind === 'speech-download' ? 'speech' : undefined
}

function Need({ need }: { readonly need: TranslationNeed }): JSX.Element {
  const { text, format, language } = usePreferences()
  const words = text.translation.needs
  switch (need.kind) {
    case 'same-language':
    case 'own-instructions':
      return <p data-need={need.kind}>{words[need.kind]}</p>
    case 'language-model':
      return (
        <p data-need={need.kind}>
          {words[need.kind]}{' '}
          <a href={docsAddress(language, 'guides/translation', 'local')} target="_blank" rel="noreferrer">
            {text.translation.guide}
          </a>
        </p>
      )
    case 'recognition-download':
    case 'no-recognition':
    case 'speech-download':
    case 'no-speech':
      return <p data-need={need.kind}>{words[need.kind](format.languageName(need.language))}</p>
  }
}
