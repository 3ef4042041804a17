'use client'

import type { LanguageCapability } from '@parley/core'
import type { JSX } from 'react'
import type { Messages } from '../i18n/en.ts'
import { usePreferences } from '../i18n/page-preferences.tsx'
import { DownloadRow } from './download-row.tsx'
import { usePlayground } from './playground-context.tsx'

/** Says what the chosen language needs on this backend, and offers what can be downloaded for it. */
export function LanguageNeeds({ language }: { readonly language: LanguageCapability }): JSX.Element | null {
  const { text, format } = usePreferences()
  const { downloads } = usePlayground()
  const name = format.languageName(language.code)
  const offered = language.downloads.flatMap(
    (id) => downloads.all.find((download) => download.id === id) ?? [],
  )
  const isReady = language.recognition === 'ready' && language.speech === 'ready'
  if (isReady && offered.length === 0) return null
  return (
    <div
      className="needs"
      role="group"
      aria-label={text.needs.label}
      data-ready={isReady}
      data-testid="language-needs"
    >
      {sentences(language, name, text.needs).map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      {offered.map((download) => (
        <DownloadRow key={download.id} download={download} />
      ))}
    </div>
  )
}

function sentences(language: LanguageCapability, name: string, text: Messages['needs']): readonly string[] {
  const { recognition, speech } = language
  const missing = [
    ...(recognition === 'none' ? [text.noRecognition(name)] : []),
    ...(speech === 'none' ? [text.noSpeech(name)] : []),
  ]
  if (recognition === 'download' && speech === 'download') return [text.downloadBoth(name)]
  if (recognition === 'download') return [...missing, text.downloadRecognition(name)]
  if (speech === 'download') return [...missing, text.downloadSpeech(name)]
  return missing.length > 0 ? missing : [text.ready(name)]
}
