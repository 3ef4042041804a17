'use client'

import Link from 'next/link'
import { useEffect, useState, type ReactNode } from 'react'
import type { Language } from '../site/language.ts'
import { parseNeeds } from './needs-address.ts'
import { takeBack } from './take-back.ts'

/** A backend as a row. */
export interface CompareRow {
  readonly name: string
  readonly title: string
  readonly href: string
  /** Ids of the needs it meets. */
  readonly needs: readonly string[]
  /** One a column. */
  readonly cells: readonly { readonly text: string; readonly sources: readonly number[] }[]
}

const words = {
  en: {
    legend: 'I need',
    table: 'Backends compared',
    backend: 'Backend',
    source: 'Source',
    clear: 'Show all',
    shown: (count: number, all: number) => `${count} of ${all} backends`,
    none: 'No backend does all of this. What is in the way:',
    without: (titles: string) => `Take back ${titles}`,
    quoted: (title: string) => `“${title}”`,
    and: ' and ',
    sideways: (columns: number) => `${columns} columns: the table scrolls sideways →`,
  },
  de: {
    legend: 'Ich brauche',
    table: 'Backends im Vergleich',
    backend: 'Backend',
    source: 'Quelle',
    clear: 'Alle zeigen',
    shown: (count: number, all: number) => `${count} von ${all} Backends`,
    none: 'Kein Backend kann das alles. Im Weg steht:',
    without: (titles: string) => `Ohne ${titles}`,
    quoted: (title: string) => `„${title}“`,
    and: ' und ',
    sideways: (columns: number) => `${columns} Spalten: die Tabelle lässt sich zur Seite schieben →`,
  },
} as const

/** The comparison; what a person needs hides the rest and is kept in the address. */
export function CompareTable(props: {
  readonly language: Language
  readonly columns: readonly string[]
  readonly needs: readonly { readonly id: string; readonly title: string }[]
  readonly rows: readonly CompareRow[]
}): ReactNode {
  const { language, columns, rows } = props
  const own = words[language]
  const ids = props.needs.map(({ id }) => id)
  const [needs, setNeeds] = useState<readonly string[]>([])
  // The page is static: what the address asks for is known only in the browser.
  useEffect(() => setNeeds(parseNeeds(location.search, ids)), [])
  const shown = rows.filter((row) => needs.every((need) => row.needs.includes(need)))

  const titleOf = (need: string): string => props.needs.find(({ id }) => id === need)?.title ?? need

  function show(next: readonly string[]): void {
    setNeeds(next)
    const url = new URL(location.href)
    if (next.length === 0) url.searchParams.delete('needs')
    else url.searchParams.set('needs', next.join(','))
    history.replaceState(history.state, '', url)
  }

  return (
    <>
      <fieldset className="filters">
        <legend>{own.legend}</legend>
        {props.needs.map(({ id, title }) => (
          <label key={id}>
            <input
              type="checkbox"
              name="need"
              value={id}
              checked={needs.includes(id)}
              onChange={(event) =>
                show(ids.filter((each) => (each === id ? event.target.checked : needs.includes(each))))
              }
            />
            {title}
          </label>
        ))}
      </fieldset>
      <p className="filter-status" role="status">
        {shown.length === 0 ? own.none : own.shown(shown.length, rows.length)}
        {takeBack(needs, rows).map((set) => (
          <button
            key={set.join()}
            type="button"
            onClick={() => show(needs.filter((need) => !set.includes(need)))}
          >
            {own.without(set.map((id) => own.quoted(titleOf(id))).join(own.and))}
          </button>
        ))}
        {needs.length > 0 && (
          <button type="button" onClick={() => show([])}>
            {own.clear}
          </button>
        )}
      </p>
      {shown.length > 0 && <p className="sideways">{own.sideways(columns.length + 1)}</p>}
      <div className="scroll compare" role="region" aria-label={own.table} tabIndex={0}>
        <table>
          <thead>
            <tr>
              {[own.backend, ...columns].map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map(({ name, title, href, cells }) => (
              <tr key={name} data-backend={name}>
                <th scope="row">
                  <Link href={href} prefetch={false}>
                    {title}
                  </Link>
                </th>
                {cells.map(({ text, sources }, place) => (
                  <td key={columns[place]} data-column={columns[place]}>
                    {text}
                    {sources.map((source) => (
                      <sup key={source}>
                        <a href={`#source-${source}`} aria-label={`${own.source} ${source}`}>
                          {source}
                        </a>
                      </sup>
                    ))}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}
