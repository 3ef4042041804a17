import type { ReactNode } from 'react'
import { DataTable } from '../components/data-table.tsx'
import { reference } from '../reference/read-reference.ts'
import type { Language, Words } from '../site/language.ts'

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

/** How each backend is told of a conversation. */
export function ContextWays({ language }: { readonly language: Language }): ReactNode {
  const words =
    language === 'de'
      ? { label: 'Wie jedes Backend erfährt, was war', heads: ['Backend', 'Wie', 'Bilder', 'Höchstens'] }
      : { label: 'How each backend is told', heads: ['Backend', 'How', 'Pictures', 'At most'] }
  return (
    <DataTable
      label={words.label}
      heads={words.heads}
      rows={reference.backends.map(({ name, title, capabilities }) => ({
        id: name,
        cells: [
          title,
          ways[capabilities.historySeeding]?.[language] ?? capabilities.historySeeding,
          (capabilities.inputModalities.includes('image') ? seeing : blind)[language],
          windowText(capabilities.contextWindowTokens, language),
        ],
      }))}
    />
  )
}

function windowText(tokens: number | null, language: Language): string {
  if (tokens === null) return { en: 'The budget', de: 'Das Budget' }[language]
  return `${(tokens / 2).toLocaleString(language)} Tokens`
}
