import type { ReactNode } from 'react'
import type { Language, Words } from '../site/language.ts'
import { BackendTable } from './backend-table.tsx'

const words = {
  en: { label: 'How each backend is told', heads: ['How', 'Pictures', 'At most'] },
  de: { label: 'Wie jedes Backend erfährt, was war', heads: ['Wie', 'Bilder', 'Höchstens'] },
} as const

const ways: Readonly<Record<string, Words>> = {
  items: { en: 'As items', de: 'Als Einträge' },
  instructions: { en: 'In the instructions', de: 'In den Anweisungen' },
  both: {
    en: 'As items; facts and summary in the instructions',
    de: 'Als Einträge; Tatsachen und Zusammenfassung in den Anweisungen',
  },
  none: { en: 'Not at all', de: 'Gar nicht' },
}

const seeing: Words = { en: 'Yes', de: 'Ja' }
const blind: Words = { en: 'No', de: 'Nein' }
const budget: Words = { en: 'The budget', de: 'Das Budget' }

/** How each backend is told of a conversation. */
export function ContextWays({ language }: { readonly language: Language }): ReactNode {
  return (
    <BackendTable
      {...words[language]}
      cells={({ capabilities: { historySeeding, inputModalities, contextWindowTokens } }) => [
        ways[historySeeding]?.[language] ?? historySeeding,
        (inputModalities.includes('image') ? seeing : blind)[language],
        windowText(contextWindowTokens, language),
      ]}
    />
  )
}

function windowText(tokens: number | null, language: Language): string {
  if (tokens === null) return budget[language]
  return `${(tokens / 2).toLocaleString(language)} ${language === 'de' ? 'Token' : 'tokens'}`
}
