import type { ReactNode } from 'react'
import { factsOf } from '../facts/backends/index.ts'
import type { ReferenceBackend } from '../reference/reference.ts'
import type { Language } from '../site/language.ts'
import { BackendTable } from './backend-table.tsx'

const sources = {
  en: { label: 'Voices of each backend', heads: ['Voices'] },
  de: { label: 'Stimmen jedes Backends', heads: ['Stimmen'] },
} as const

/** Where the voices of each backend come from. */
export function VoiceSources({ language }: { readonly language: Language }): ReactNode {
  return (
    <BackendTable
      {...sources[language]}
      cells={({ name, capabilities }) => [
        voiceWords(capabilities.voices, capabilities.otherVoices, language) +
          (factsOf(name).moreVoices?.[language] ?? ''),
      ]}
    />
  )
}

function voiceWords(names: readonly string[], others: boolean, language: Language): string {
  const listed = names.join(', ')
  if (language === 'de') {
    if (names.length === 0) return others ? 'Die aus seiner eigenen Liste' : 'Keine eigenen'
    return `${listed}${others ? ' und die aus seiner eigenen Liste' : ''}`
  }
  if (names.length === 0) return others ? 'Those its own list names' : 'None of its own'
  return `${listed}${others ? ', and those its own list names' : ''}`
}

const translation = {
  en: { label: 'Translation by backend', heads: ['German to English and back'] },
  de: { label: 'Übersetzen je Backend', heads: ['Deutsch nach Englisch und zurück'] },
} as const

/** Which backends translate between German and English. */
export function Translators({ language }: { readonly language: Language }): ReactNode {
  return (
    <BackendTable {...translation[language]} cells={(backend) => [verdicts[verdictOf(backend)][language]]} />
  )
}

const verdicts = {
  downloads: {
    en: 'With a language model and the German downloads',
    de: 'Mit einem Sprachmodell und den deutschen Downloads',
  },
  agent: { en: 'No: an agent keeps its own instructions', de: 'Nein: ein Agent behält seine Anweisungen' },
  unknown: {
    en: 'Depends on the server, which does not tell its languages',
    de: 'Hängt vom Server ab, der seine Sprachen nicht nennt',
  },
  none: { en: 'No German', de: 'Kein Deutsch' },
  model: { en: 'With a language model', de: 'Mit einem Sprachmodell' },
  yes: { en: 'Yes', de: 'Ja' },
} as const

function verdictOf({ name, capabilities }: ReferenceBackend): keyof typeof verdicts {
  if (name === 'local') return 'downloads'
  if (!capabilities.updatable.includes('instructions')) return 'agent'
  if (capabilities.languages.length === 0) return 'unknown'
  if (!capabilities.languages.includes('de')) return 'none'
  return capabilities.models.length === 0 && capabilities.dialect === null ? 'model' : 'yes'
}
