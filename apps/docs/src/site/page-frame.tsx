import Link from 'next/link'
import type { ReactNode } from 'react'
import type { Heading } from '../content/headings.ts'
import type { Language } from './language.ts'
import { neighboursOf } from './pages.ts'
import { frameWord } from './words.ts'

/** What every page has around its content. */
export interface PageFrameProps {
  readonly language: Language
  /** Without the language: `/guides/duet/`. */
  readonly path: string
  readonly title: string
  readonly lead?: ReactNode
  /** The headings of the content, in order; each is an id in it. */
  readonly headings: readonly Heading[]
  /** Content that needs the width, such as tables of many columns. */
  readonly wide?: boolean
  readonly children: ReactNode
}

/** Title, lead, table of contents, content, and the pages before and after. */
export function PageFrame(props: PageFrameProps): ReactNode {
  const { language, headings, path } = props
  const { previous, next } = neighboursOf(path, language)
  const hasContents = headings.length > 1
  return (
    <div className="page" data-wide={props.wide === true}>
      <main id="content" tabIndex={-1} data-pagefind-body="">
        <h1>{props.title}</h1>
        {props.lead !== undefined && <p className="lead">{props.lead}</p>}
        {hasContents && (
          <details className="contents-short" data-pagefind-ignore="">
            <summary>{frameWord('onThisPage', language)}</summary>
            <Contents headings={headings} />
          </details>
        )}
        {props.children}
        {(previous ?? next) && (
          <nav className="neighbours" aria-label={frameWord('neighbours', language)} data-pagefind-ignore="">
            {previous && (
              <Link href={previous.href} rel="prev" prefetch={false}>
                <span>{frameWord('previous', language)}</span> {previous.title}
              </Link>
            )}
            {next && (
              <Link href={next.href} rel="next" prefetch={false}>
                <span>{frameWord('next', language)}</span> {next.title}
              </Link>
            )}
          </nav>
        )}
      </main>
      {hasContents && (
        <nav className="contents" aria-label={frameWord('onThisPage', language)}>
          <p>{frameWord('onThisPage', language)}</p>
          <Contents headings={headings} />
        </nav>
      )}
    </div>
  )
}

function Contents({ headings }: { readonly headings: readonly Heading[] }): ReactNode {
  return (
    <ul>
      {headings.map(({ id, title, level }) => (
        <li key={id} data-level={level}>
          <a href={`#${id}`}>{title}</a>
        </li>
      ))}
    </ul>
  )
}
