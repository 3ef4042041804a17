import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { Code } from '../components/code.tsx'
import { DataTable } from '../components/data-table.tsx'
import { audioFigures, type AudioSection, type AudioTable, type Reached } from '../facts/audio-figures.ts'
import type { Language } from '../site/language.ts'
import { SectionPage, type PageSection } from '../site/section-page.tsx'
import { pageMetadata } from '../site/shell.tsx'
import { german } from './german.ts'

const words = {
  en: {
    title: 'Audio figures',
    lead: 'What packages/audio does to sound, and how fast, measured beside the packages and libraries that others use.',
    about:
      'Ours and the others run in turn in one go, and times are medians or lower quartiles of many rounds, so that other work on the machine tells against both alike. Every figure that has to reach something says so, and whether it does.',
    again: 'Measure again',
    targets: 'Targets',
    heads: ['Figure', 'Has to reach', 'Wished', 'Measured', 'So it is'],
    met: { aim: 'as wished', must: 'reached', missed: 'missed' },
  },
  de: {
    title: 'Audio-Messwerte',
    lead: 'Was packages/audio mit Ton macht und wie schnell, gemessen neben den Paketen und Bibliotheken, die andere verwenden.',
    about:
      'Unseres und die anderen laufen abwechselnd in einem Durchgang, und Zeiten sind Mediane oder untere Viertel vieler Runden, sodass andere Arbeit auf dem Rechner beide gleich trifft. Jeder Wert, der etwas erreichen muss, sagt es, und ob er es tut.',
    again: 'Noch einmal messen',
    targets: 'Ziele',
    heads: ['Wert', 'Muss erreichen', 'Gewünscht', 'Gemessen', 'Damit'],
    met: { aim: 'wie gewünscht', must: 'erreicht', missed: 'verfehlt' },
  },
} as const

/** Title and description. */
export function audioMetadata(language: Language): Metadata {
  const { title, lead } = words[language]
  return pageMetadata({ path: '/reference/audio/', language, title, description: lead })
}

/** What the audio benchmark wrote: tables, targets and drawings. */
export function AudioPage({ language }: { readonly language: Language }): ReactNode {
  const { title, lead, about, again } = words[language]
  return (
    <SectionPage
      language={language}
      path="/reference/audio/"
      title={title}
      lead={lead}
      wide
      sections={[
        ...audioFigures.flatMap((section) => sectionsOf(section, language)),
        { id: 'again', title: again, body: <Code>pnpm --filter @parley/audio bench</Code> },
      ]}
    >
      <p>{about}</p>
    </SectionPage>
  )
}

function sectionsOf(section: AudioSection, language: Language): readonly PageSection[] {
  return [
    {
      id: section.id,
      title: inWords(section.title, language),
      body: <Where section={section} language={language} />,
    },
    ...section.tables.map((table) => ({
      id: table.id,
      title: inWords(table.title, language),
      level: 3 as const,
      body: <Figures table={table} language={language} />,
    })),
    ...section.plots.map(({ id, title, svg }) => ({
      id,
      title: inWords(title, language),
      level: 3 as const,
      // The drawing is of our own making, and its colours are those of the page.
      body: <div className="audio-plot" dangerouslySetInnerHTML={{ __html: svg }} />,
    })),
  ]
}

function Where({
  section,
  language,
}: {
  readonly section: AudioSection
  readonly language: Language
}): ReactNode {
  const { date, machine, node, loadBefore } = section
  return (
    <p className="quiet">
      {language === 'de'
        ? `Gemessen am ${date}: ${machine}, Node ${node}; Last davor ${loadBefore}.`
        : `Measured on ${date}: ${machine}, Node ${node}; load ${loadBefore} before.`}
    </p>
  )
}

function Figures({
  table,
  language,
}: {
  readonly table: AudioTable
  readonly language: Language
}): ReactNode {
  const { targets, heads, met } = words[language]
  const label = inWords(table.title, language)
  return (
    <>
      <DataTable
        label={label}
        heads={table.columns.map((column) => inWords(column, language))}
        rows={table.rows.map((cells, i) => ({
          id: String(i),
          cells: cells.map((cell) => inWords(cell, language)),
        }))}
        compact
      />
      {table.targets.length > 0 && (
        <DataTable
          label={`${targets}: ${label}`}
          heads={heads}
          rows={table.targets.map((target, i) => ({
            id: String(i),
            cells: [
              inWords(target.figure, language),
              target.must,
              target.aim ?? '',
              target.measured,
              <Met key="met" met={target.met} name={met[target.met]} />,
            ],
          }))}
        />
      )}
    </>
  )
}

function Met({ met, name }: { readonly met: Reached; readonly name: string }): ReactNode {
  return (
    <span className="audio-met" data-met={met}>
      {name}
    </span>
  )
}

/** The benchmark speaks English; what is not translated stays so. */
function inWords(phrase: string, language: Language): string {
  return language === 'de' ? (german[phrase] ?? phrase) : phrase
}
