import type { Metadata } from 'next'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { factsOf } from '../facts/backends/index.ts'
import { reference } from '../reference/read-reference.ts'
import { addressOf, type Language } from '../site/language.ts'
import { SectionPage } from '../site/section-page.tsx'
import { pageMetadata } from '../site/shell.tsx'

const words = {
  en: {
    title: 'Backends',
    lead: 'What answers behind the endpoint. Each has a page: how to set it up, what differs, what it cannot do, what it costs.',
    turnsOn: 'Turned on by',
    page: (title: string) => `All about ${title}`,
  },
  de: {
    title: 'Backends',
    lead: 'Was hinter der Adresse antwortet. Jedes hat eine Seite: wie man es einrichtet, was anders ist, was es nicht kann, was es kostet.',
    turnsOn: 'Eingeschaltet durch',
    page: (title: string) => `Alles über ${title}`,
  },
} as const

/** Title and description of the list of backends. */
export function backendsMetadata(language: Language): Metadata {
  const { title, lead } = words[language]
  return pageMetadata({ path: '/backends/', language, title, description: lead })
}

/** Every backend in a few words; the anchors are what the playground links to. */
export function BackendsPage({ language }: { readonly language: Language }): ReactNode {
  const own = words[language]
  return (
    <SectionPage
      language={language}
      path="/backends/"
      title={own.title}
      lead={own.lead}
      sections={reference.backends.map(({ name, title, setting }) => ({
        id: name,
        title,
        body: (
          <>
            <p>{factsOf(name).about[language]}</p>
            <p>
              {setting !== null && (
                <>
                  {own.turnsOn} <code>{setting}</code>.{' '}
                </>
              )}
              <Link href={addressOf(`/backends/${name}/`, language)}>{own.page(title)}</Link>
            </p>
          </>
        ),
      }))}
    />
  )
}
