'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useEffect, useState, type ReactNode } from 'react'
import { addressOf, parseAddress, type Language } from './language.ts'
import type { NavLink } from './pages.ts'
import { SearchDialog } from '../search/search-dialog.tsx'
import { frameWord } from './words.ts'

/** A part of the navigation in one language. */
export interface HeaderSection {
  readonly id: string
  readonly title: string
  readonly links: readonly NavLink[]
}

const other = { en: { language: 'de', name: 'Deutsch' }, de: { language: 'en', name: 'English' } } as const

/** Name, search, language and the navigation; on a phone the navigation is behind a button. */
export function SiteHeader(props: {
  readonly language: Language
  readonly sections: readonly HeaderSection[]
}): ReactNode {
  const { language, sections } = props
  const { path } = parseAddress(usePathname())
  const [isOpen, setIsOpen] = useState(false)
  useEffect(() => setIsOpen(false), [path])
  return (
    <header className="site-head" data-open={isOpen}>
      <div className="site-bar">
        <Link className="site-name" href={addressOf('/', language)}>
          Parley
        </Link>
        <SearchDialog language={language} />
        <button
          type="button"
          className="menu-button"
          aria-expanded={isOpen}
          aria-controls="site-nav"
          onClick={() => setIsOpen(!isOpen)}
        >
          {frameWord('menu', language)}
        </button>
      </div>
      <div className="site-menu" id="site-nav">
        <nav className="site-nav" aria-label={frameWord('pages', language)}>
          {sections.map((section) => (
            <NavSection key={section.id} section={section} language={language} path={path} />
          ))}
        </nav>
        <ul className="site-tools">
          <li>
            <LanguageLink language={language} path={path} sections={sections} />
          </li>
          <li>
            <a href="/">{frameWord('playground', language)}</a>
          </li>
        </ul>
      </div>
      <noscript>
        <style>{'.site-menu{display:block !important}.menu-button{display:none !important}'}</style>
      </noscript>
    </header>
  )
}

function NavSection(props: {
  readonly section: HeaderSection
  readonly language: Language
  readonly path: string
}): ReactNode {
  const { section, language, path } = props
  // The front page is a section of its own.
  const isSingle = section.id === 'which'
  return (
    <>
      {!isSingle && <p id={`nav-${section.id}`}>{section.title}</p>}
      <ul aria-labelledby={isSingle ? undefined : `nav-${section.id}`}>
        {section.links.map((link) => (
          <li key={link.path}>
            <Link href={link.href} prefetch={false} aria-current={link.path === path ? 'page' : undefined}>
              {link.title}
              {link.language !== language && (
                <span className="visually-hidden"> ({frameWord('englishOnly', language)})</span>
              )}
            </Link>
          </li>
        ))}
      </ul>
    </>
  )
}

/** To the same page in the other language, or to its front page where this one is not written in it. */
function LanguageLink(props: {
  readonly language: Language
  readonly path: string
  readonly sections: readonly HeaderSection[]
}): ReactNode {
  const to = other[props.language]
  const isInBoth =
    props.language === 'de' ||
    props.sections.some(({ links }) => links.some(({ path, inBoth }) => path === props.path && inBoth))
  return (
    // Another language is another document: its own root layout.
    <a
      href={`/docs${addressOf(isInBoth ? props.path : '/', to.language)}`}
      hrefLang={to.language}
      lang={to.language}
    >
      {to.name}
    </a>
  )
}
