'use client'

import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import type { Language } from '../site/language.ts'
import { frameWord } from '../site/words.ts'
import { loadPagefind, searchPages, type Pagefind, type SearchResult } from './search-pages.ts'

const basePath = '/docs'

/** Where a slash is something to write or to choose by. */
const takesSlash =
  'input:not([type=checkbox], [type=radio], [type=range]), textarea, select, dialog, [contenteditable]'

type Found =
  | { readonly state: 'idle' }
  | { readonly state: 'failed' }
  | { readonly state: 'done'; readonly words: string; readonly results: readonly SearchResult[] }

/** A button and a dialog that searches the site; `/` opens it. The index is loaded when it is first opened. */
export function SearchDialog({ language }: { readonly language: Language }): ReactNode {
  const dialog = useRef<HTMLDialogElement>(null)
  const field = useRef<HTMLInputElement>(null)
  const pagefind = useRef<Promise<Pagefind>>(undefined)
  const latest = useRef(0)
  const [found, setFound] = useState<Found>({ state: 'idle' })
  const fieldId = useId()
  const home = language === 'en' ? `${basePath}/` : `${basePath}/${language}/`

  function open(): void {
    dialog.current?.showModal()
    load().catch(() => setFound({ state: 'failed' }))
  }

  function load(): Promise<Pagefind> {
    pagefind.current ??= loadPagefind(basePath, language)
    return pagefind.current
  }

  async function search(words: string): Promise<void> {
    const mine = ++latest.current
    try {
      const results = await searchPages(await load(), words, home)
      // An answer to words that are no longer in the field is dropped.
      if (mine === latest.current) setFound({ state: 'done', words: words.trim(), results })
    } catch {
      if (mine === latest.current) setFound({ state: 'failed' })
    }
  }

  /** What Enter in the field does: the first hit for what is in it, even if it is not shown yet. */
  async function openFirst(): Promise<void> {
    const mine = latest.current
    const [first] = await searchPages(await load(), field.current?.value ?? '', home)
    if (!first || mine !== latest.current) return
    dialog.current?.close()
    location.assign(first.url)
  }

  function onArrow(event: KeyboardEvent<HTMLDialogElement>): void {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key]
    if (by === undefined) return
    const hits = [...event.currentTarget.querySelectorAll<HTMLAnchorElement>('ol > li > a')]
    if (hits.length === 0) return
    event.preventDefault()
    const place = hits.findIndex((hit) => hit.parentElement?.contains(document.activeElement)) + by
    if (place < 0) field.current?.focus()
    else hits[Math.min(place, hits.length - 1)]?.focus()
  }

  // Before the page listens, the key does nothing.
  const [hasKey, setHasKey] = useState(false)
  useEffect(() => setHasKey(true), [])
  useEffect(() => {
    function onKey(event: globalThis.KeyboardEvent): void {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return
      if (event.target instanceof Element && event.target.closest(takesSlash)) return
      event.preventDefault()
      open()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  })

  return (
    <>
      <button
        type="button"
        className="search-button"
        aria-keyshortcuts={hasKey ? '/' : undefined}
        onClick={open}
      >
        <span>{frameWord('search', language)}</span>
        <kbd aria-hidden="true">/</kbd>
      </button>
      <dialog
        ref={dialog}
        className="search"
        aria-label={frameWord('searchLabel', language)}
        onKeyDown={onArrow}
        onClick={(event) => event.target === dialog.current && dialog.current.close()}
      >
        <form
          role="search"
          onSubmit={(event) => {
            event.preventDefault()
            openFirst().catch(() => setFound({ state: 'failed' }))
          }}
        >
          <label className="visually-hidden" htmlFor={fieldId}>
            {frameWord('searchLabel', language)}
          </label>
          <input
            ref={field}
            id={fieldId}
            type="search"
            autoComplete="off"
            autoFocus
            placeholder={frameWord('searchLabel', language)}
            onChange={(event) => void search(event.target.value)}
            onKeyDown={(event) => {
              // Chromium would only empty the field.
              if (event.key === 'Escape') dialog.current?.close()
            }}
          />
          <button type="button" onClick={() => dialog.current?.close()}>
            {frameWord('close', language)}
          </button>
        </form>
        <p className="quiet" role="status">
          {statusOf(found, language)}
        </p>
        {found.state === 'done' && (
          <Results results={found.results} onFollow={() => dialog.current?.close()} />
        )}
      </dialog>
    </>
  )
}

function Results(props: {
  readonly results: readonly SearchResult[]
  readonly onFollow: () => void
}): ReactNode {
  return (
    <ol>
      {props.results.map(({ url, title, excerpt, sections }) => (
        <li key={url}>
          {/* Pages of another language are other documents, so these are plain links. */}
          <a href={url} onClick={props.onFollow}>
            {title}
          </a>
          <p dangerouslySetInnerHTML={{ __html: excerpt }} />
          {sections.length > 0 && (
            <ul>
              {sections.map((section) => (
                <li key={section.url}>
                  <a href={section.url} onClick={props.onFollow}>
                    {section.title}
                  </a>
                </li>
              ))}
            </ul>
          )}
        </li>
      ))}
    </ol>
  )
}

function statusOf(found: Found, language: Language): string {
  if (found.state === 'failed') return frameWord('searchFailed', language)
  if (found.state === 'idle' || found.words === '') return frameWord('searchHint', language)
  if (found.results.length === 0) return frameWord('noResult', language)
  const { length } = found.results
  return `${length} ${frameWord(length === 1 ? 'result' : 'results', language)}`
}
