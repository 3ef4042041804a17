import Link from 'next/link'
import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { choose, everyCombination, type Choice, type NamedBackend } from '../choose/choose.ts'
import { Chooser, type ChooserChoice, type ChooserName } from '../choose/chooser.tsx'
import { questions } from '../choose/questions.ts'
import { Code } from '../components/code.tsx'
import { EvidenceSource } from '../components/evidence-source.tsx'
import { reference } from '../reference/read-reference.ts'
import { addressOf, type Language } from '../site/language.ts'
import { languagesOf, localAddress } from '../site/pages.ts'
import { SectionPage } from '../site/section-page.tsx'
import { pageMetadata } from '../site/shell.tsx'
import { aspects, aspectWords, cellsOf, type Source } from './cells.ts'
import { CompareTable, type CompareRow } from './compare-table.tsx'
import { metNeeds, needs } from './needs.ts'

const words = {
  en: {
    title: 'Which backend?',
    lead: 'Realtime voice backends look alike and differ in everything that bites. Parley puts one endpoint in front of all of them and remembers; here is what each is good for, and how we know.',
    guide: 'Four questions',
    table: 'All of them side by side',
    sources: 'Sources',
    note: 'Each cell comes from the capability record in the code, from its price field, or from a fact with a source and a day. Only backends on your machine were run by us; the others were held against strict stand-ins of their wires, for want of keys.',
    measure: ' Measure them yourself:',
    compare: 'Comparing',
    start: 'Start',
    startText: 'With Node 20 or newer and npm, from a clone. No key is needed for the local backend.',
    everywhere:
      'Every backend that is set up is in the playground and behind the same address, with the same events:',
  },
  de: {
    title: 'Welches Backend?',
    lead: 'Realtime-Sprach-Backends sehen gleich aus und unterscheiden sich überall dort, wo es wehtut. Parley stellt vor alle eine Adresse und erinnert sich; hier steht, wofür jedes gut ist und woher wir das wissen.',
    guide: 'Vier Fragen',
    table: 'Alle nebeneinander',
    sources: 'Quellen',
    note: 'Jede Zelle stammt aus dem Fähigkeitsverzeichnis im Code, aus dessen Preisangabe oder aus einer Angabe mit Quelle und Tag. Nur Backends auf Ihrem Rechner liefen bei uns; die anderen wurden mangels Schlüsseln gegen strenge Nachbildungen ihrer Leitungen gehalten.',
    measure: ' Messen Sie selbst:',
    compare: 'Vergleichen',
    start: 'Anfangen',
    startText: 'Mit Node ab Version 20 und npm, aus einem Klon. Das lokale Backend braucht keinen Schlüssel.',
    everywhere:
      'Jedes eingerichtete Backend ist im Playground und hinter derselben Adresse, mit denselben Ereignissen:',
  },
} as const

const comparing = '/guides/comparing/'

/** Title and description of the front page. */
export function whichMetadata(language: Language): Metadata {
  const { title, lead } = words[language]
  return pageMetadata({ path: '/', language, title, description: lead })
}

/** The front page: four questions, the comparison, and where it comes from. */
export function WhichPage({ language }: { readonly language: Language }): ReactNode {
  const own = words[language]
  const { rows, sources } = tableOf(language)
  return (
    <SectionPage
      language={language}
      path="/"
      title={own.title}
      lead={own.lead}
      wide
      sections={[
        { id: 'four-questions', title: own.guide, body: <Guide language={language} /> },
        {
          id: 'comparison',
          title: own.table,
          body: (
            <>
              <CompareTable
                language={language}
                columns={aspects.map((aspect) => aspectWords[aspect][language])}
                needs={needs.map(({ id, words: title }) => ({ id, title: title[language] }))}
                rows={rows}
              />
              <p className="quiet">
                {own.note}
                {languagesOf(comparing).length > 0 && (
                  <>
                    {own.measure} <Link href={localAddress(comparing, language)}>{own.compare}</Link>.
                  </>
                )}
              </p>
            </>
          ),
        },
        {
          id: 'start',
          title: own.start,
          body: (
            <>
              <Code>npm start</Code>
              <p>{own.startText}</p>
              <p>{own.everywhere}</p>
              <Code>PARLEY_OPENAI_KEY=... npm start</Code>
            </>
          ),
        },
        {
          id: 'sources',
          title: own.sources,
          body: (
            <ol className="sources">
              {sources.map((source, place) => (
                <li key={`${source.source} ${source.date}`} id={`source-${place + 1}`}>
                  <EvidenceSource evidence={source} language={language} />
                </li>
              ))}
            </ol>
          ),
        },
      ]}
    />
  )
}

function Guide({ language }: { readonly language: Language }): ReactNode {
  const choices = Object.fromEntries(
    everyCombination().flatMap((answers) => {
      const choice = choose(reference.backends, answers)
      const key = questions.map(({ id }) => answers[id]).join('.')
      return choice ? [[key, choiceIn(choice, language)]] : []
    }),
  )
  return (
    <Chooser
      language={language}
      choices={choices}
      questions={questions.map(({ id, words: title, answers }) => ({
        id,
        title: title[language],
        answers: answers.map((answer) => ({ id: answer.id, title: answer.words[language] })),
      }))}
      backends={Object.fromEntries(
        reference.backends.map(({ name, title }) => [
          name,
          { title, href: addressOf(`/backends/${name}/`, language) },
        ]),
      )}
    />
  )
}

function choiceIn(choice: Choice, language: Language): ChooserChoice {
  const named = ({ name, withWhat }: NamedBackend): ChooserName => ({
    name,
    withWhat: withWhat?.[language] ?? '',
  })
  return {
    ...named(choice),
    reasons: choice.reasons.map((words) => words[language]),
    unmet: choice.unmet.map((words) => words[language]),
    caveats: choice.caveats.map((words) => words[language]),
    runnerUp: choice.runnerUp && named(choice.runnerUp),
  }
}

/** The rows, and every source once: cells point to it by its number from 1. */
function tableOf(language: Language): {
  readonly rows: readonly CompareRow[]
  readonly sources: readonly Source[]
} {
  const sources: Source[] = []
  const number = (source: Source): number => {
    const isSame = (other: Source): boolean => other.source === source.source && other.date === source.date
    const place = sources.findIndex(isSame)
    return place < 0 ? sources.push(source) : place + 1
  }
  const rows = reference.backends.map((backend) => {
    const cells = cellsOf(backend, language)
    return {
      name: backend.name,
      title: backend.title,
      href: addressOf(`/backends/${backend.name}/`, language),
      needs: metNeeds(backend),
      cells: aspects.map((aspect) => ({
        text: cells[aspect].text,
        sources: cells[aspect].evidence.map(number).toSorted((a, b) => a - b),
      })),
    }
  })
  return { rows, sources }
}
