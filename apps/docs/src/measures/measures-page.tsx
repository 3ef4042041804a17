import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { DataTable } from '../components/data-table.tsx'
import { reference } from '../reference/read-reference.ts'
import type { Language } from '../site/language.ts'
import { SectionPage } from '../site/section-page.tsx'
import { pageMetadata } from '../site/shell.tsx'

const words = {
  en: {
    title: 'Measures',
    lead: 'What a comparison measures, exactly. Every number is computed from marks and sound that the run recorded, so that it can be computed again from an export.',
    all: 'All of them',
    each: 'Definitions',
    heads: ['Measure', 'Name in thresholds', 'Unit', 'Better'],
    better: { lower: 'lower', higher: 'higher' },
  },
  de: {
    title: 'Messgrößen',
    lead: 'Was ein Vergleich misst, genau. Jede Zahl wird aus Marken und Ton berechnet, die der Durchlauf aufgezeichnet hat, und lässt sich aus einem Export wieder berechnen.',
    all: 'Alle',
    each: 'Definitionen',
    heads: ['Messgröße', 'Name in Schwellen', 'Einheit', 'Besser'],
    better: { lower: 'kleiner', higher: 'größer' },
  },
} as const

/** Title and description. */
export function measuresMetadata(language: Language): Metadata {
  const { title, lead } = words[language]
  return pageMetadata({ path: '/reference/measures/', language, title, description: lead })
}

/** The measures of a comparison with their exact definitions. */
export function MeasuresPage({ language }: { readonly language: Language }): ReactNode {
  const own = words[language]
  return (
    <SectionPage
      language={language}
      path="/reference/measures/"
      title={own.title}
      lead={own.lead}
      sections={[
        {
          id: 'all',
          title: own.all,
          body: (
            <DataTable
              label={own.title}
              heads={own.heads}
              rows={reference.measures.map((measure) => ({
                id: measure.name,
                cells: [
                  <a key="link" href={`#${measure.name}`}>
                    {measure[language].title}
                  </a>,
                  <code key="name">{measure.name}</code>,
                  measure.unit,
                  measure.better === 'lower' ? own.better.lower : own.better.higher,
                ],
              }))}
            />
          ),
        },
        { id: 'definitions', title: own.each, body: null },
        ...reference.measures.map((measure) => ({
          id: measure.name,
          title: measure[language].title,
          level: 3 as const,
          body: <p>{measure[language].definition}</p>,
        })),
      ]}
    />
  )
}
