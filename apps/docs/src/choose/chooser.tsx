'use client'

import Link from 'next/link'
import { useEffect, useState, type ReactNode } from 'react'
import type { Language } from '../site/language.ts'

/** A question in one language. */
export interface ChooserQuestion {
  readonly id: string
  readonly title: string
  readonly answers: readonly { readonly id: string; readonly title: string }[]
}

/** A backend by name. */
export interface ChooserBackend {
  readonly title: string
  readonly href: string
}

/** A backend that is named, and what is added to its name. */
export interface ChooserName {
  readonly name: string
  readonly withWhat: string
}

/** What follows from one combination of answers, in one language. */
export interface ChooserChoice extends ChooserName {
  readonly reasons: readonly string[]
  /** Empty where it meets everything. */
  readonly unmet: readonly string[]
  readonly caveats: readonly string[]
  readonly runnerUp: ChooserName | undefined
}

const words = {
  en: {
    take: 'Take',
    because: 'because it',
    and: 'and',
    otherwise: 'Otherwise:',
    none: 'No backend meets all of that.',
    nearest: 'The nearest is',
    but: 'but it',
  },
  de: {
    take: 'Nehmen Sie',
    because: 'denn es',
    and: 'und',
    otherwise: 'Sonst:',
    none: 'Kein Backend erfüllt das alles.',
    nearest: 'Am nächsten kommt',
    but: 'aber es',
  },
} as const

/** Four questions and the backend that follows from them; the answers are kept in the address. */
export function Chooser(props: {
  readonly language: Language
  readonly questions: readonly ChooserQuestion[]
  readonly backends: Readonly<Record<string, ChooserBackend>>
  /** By the ids of the answers, joined by dots. */
  readonly choices: Readonly<Record<string, ChooserChoice>>
}): ReactNode {
  const { language, questions, backends, choices } = props
  const own = words[language]
  const [given, setGiven] = useState<readonly string[]>(() =>
    questions.map(({ answers }) => answers[0]?.id ?? ''),
  )
  useEffect(() => {
    // The page is static: what the address says is known only in the browser.
    const search = new URLSearchParams(location.search)
    setGiven(
      questions.map(({ id, answers }) => {
        const asked = search.get(id)
        return (answers.find((answer) => answer.id === asked) ?? answers[0])?.id ?? ''
      }),
    )
  }, [questions])

  function answer(place: number, id: string): void {
    const next = given.with(place, id)
    setGiven(next)
    const url = new URL(location.href)
    questions.forEach((question, index) => url.searchParams.set(question.id, next[index] ?? ''))
    history.replaceState(history.state, '', url)
  }

  const choice = choices[given.join('.')]
  return (
    <div className="chooser">
      <form onSubmit={(event) => event.preventDefault()}>
        {questions.map(({ id, title, answers }, place) => (
          <fieldset key={id}>
            <legend>{title}</legend>
            {answers.map((each) => (
              <label key={each.id}>
                <input
                  type="radio"
                  name={id}
                  value={each.id}
                  checked={given[place] === each.id}
                  onChange={() => answer(place, each.id)}
                />
                {each.title}
              </label>
            ))}
          </fieldset>
        ))}
      </form>
      <div className="choice" role="status">
        {choice === undefined ? (
          <p>{own.none}</p>
        ) : (
          <>
            {choice.unmet.length === 0 ? (
              <p>
                {own.take} <Name of={choice} backends={backends} />, {own.because}{' '}
                {joined(choice.reasons, own.and)}.
              </p>
            ) : (
              <p>
                {own.none} {own.nearest} <Name of={choice} backends={backends} />, {own.but}{' '}
                {joined(choice.unmet, own.and)}.
              </p>
            )}
            {choice.caveats.map((caveat) => (
              <p key={caveat}>{caveat}</p>
            ))}
            {choice.runnerUp && (
              <p className="quiet">
                {own.otherwise} <Name of={choice.runnerUp} backends={backends} />
              </p>
            )}
          </>
        )}
      </div>
    </div>
  )
}

function Name(props: {
  readonly of: ChooserName
  readonly backends: Readonly<Record<string, ChooserBackend>>
}): ReactNode {
  const { name, withWhat } = props.of
  const backend = props.backends[name]
  return (
    <>
      {backend ? <Link href={backend.href}>{backend.title}</Link> : name}
      {withWhat !== '' && ` ${withWhat}`}
    </>
  )
}

function joined(parts: readonly string[], and: string): string {
  const last = parts.at(-1) ?? ''
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(', ')} ${and} ${last}`
}
