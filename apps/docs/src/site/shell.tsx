import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addressOf, type Language } from './language.ts'
import { languagesOf, linkTo, siteSections } from './pages.ts'
import { SiteHeader } from './site-header.tsx'
import { frameWord } from './words.ts'
import '../../../web/src/styles/tokens.css'
import '../styles/base.css'
import '../styles/shell.css'
import '../styles/article.css'
import '../styles/tables.css'
import '../styles/backend.css'
import '../styles/compare.css'
import '../styles/print.css'

/** What every page of the site says of itself unless it says something else. */
export const siteMetadata: Metadata = {
  title: { default: 'Parley', template: '%s · Parley' },
  description: 'One endpoint for every realtime voice backend, and it remembers.',
}

/** Title, description and the versions in other languages of one page. */
export function pageMetadata(page: {
  readonly path: string
  readonly language: Language
  readonly title: string
  readonly description: string
}): Metadata {
  const written = languagesOf(page.path)
  return {
    title: page.title,
    description: page.description,
    alternates:
      written.length < 2
        ? null
        : {
            languages: Object.fromEntries(
              written.map((each) => [each, `/docs${addressOf(page.path, each)}`]),
            ),
          },
  }
}

/** The playground beside these pages keeps the chosen appearance in a cookie; it holds here too. */
const takeTheme =
  'var t=/(?:^|; )parley-theme=(light|dark)/.exec(document.cookie);if(t)document.documentElement.dataset.theme=t[1]'

/** The document around every page of one language. */
export function Shell(props: { readonly language: Language; readonly children: ReactNode }): ReactNode {
  const { language, children } = props
  const sections = siteSections
    .map(({ id, title, pages }) => ({
      id,
      title: title[language],
      links: pages.map((page) => linkTo(page, language)),
    }))
    .filter(({ links }) => links.length > 0)
  return (
    <html lang={language} suppressHydrationWarning>
      <head>
        <script dangerouslySetInnerHTML={{ __html: takeTheme }} />
      </head>
      <body>
        <a className="skip" href="#content">
          {frameWord('skip', language)}
        </a>
        <div className="site">
          <SiteHeader language={language} sections={sections} />
          {children}
        </div>
      </body>
    </html>
  )
}
