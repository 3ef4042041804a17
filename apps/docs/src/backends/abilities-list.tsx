import type { ReactNode } from 'react'
import { abilities, doerWords } from '../facts/abilities.ts'
import type { ReferenceCapabilities } from '../reference/reference.ts'
import type { Language } from '../site/language.ts'

const marks = { native: '✓', supplied: '+', none: '–' } as const

/** Who does what on a backend: it, Parley in its place, or nobody. */
export function Abilities(props: {
  readonly capabilities: ReferenceCapabilities
  readonly language: Language
}): ReactNode {
  const { capabilities, language } = props
  return (
    <>
      <p className="quiet">
        {(['native', 'supplied', 'none'] as const)
          .map((doer) => `${marks[doer]} ${doerWords[doer][language]}`)
          .join(' · ')}
      </p>
      <ul className="abilities">
        {abilities.map(({ title, of }) => {
          const doer = of(capabilities)
          return (
            <li key={title.en} data-doer={doer}>
              <span className="mark" aria-hidden="true">
                {marks[doer]}
              </span>
              <span>{title[language]}</span>
              <span className="visually-hidden">: {doerWords[doer][language]}</span>
            </li>
          )
        })}
      </ul>
    </>
  )
}
