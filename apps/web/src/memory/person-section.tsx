'use client'

import { useMemo, useState, type JSX } from 'react'
import { reasonOf } from '../gateway-request.ts'
import { useMemoryText } from '../i18n/memory-messages.ts'
import { FactEditor } from './fact-editor.tsx'
import type { MemoryClient } from './memory-client.ts'

/** What is known of the person over all conversations, for the person to see, change and delete. */
export function PersonSection(props: {
  readonly memory: MemoryClient
  /** Empty for nobody. */
  readonly person: string
  /** False where the gateway remembers nothing about people. */
  readonly isOn: boolean
  /** Leads to where the name is set. */
  readonly onSetName: () => void
  /** Changes with what was said: something may have been learned. */
  readonly revision: number
}): JSX.Element {
  const { memory, person, isOn, revision, onSetName } = props
  const words = useMemoryText().person
  return (
    <section aria-labelledby="person-title" data-testid="person-section">
      <h3 id="person-title">{words.label}</h3>
      {!isOn && (
        <>
          <p className="field-hint">{words.disabled}</p>
          <details className="fold">
            <summary>{words.details}</summary>
            <p className="field-hint">{words.howTo}</p>
          </details>
        </>
      )}
      {isOn && person === '' && (
        <p className="field-hint">
          {words.off}{' '}
          <button type="button" className="link-button" data-testid="set-name" onClick={onSetName}>
            {words.setName}
          </button>
        </p>
      )}
      {isOn && person !== '' && (
        <PersonFacts key={person} memory={memory} person={person} revision={revision} />
      )}
    </section>
  )
}

function PersonFacts(props: {
  readonly memory: MemoryClient
  readonly person: string
  readonly revision: number
}): JSX.Element {
  const { memory, person, revision } = props
  const { person: words, facts: factWords } = useMemoryText()
  const [isAsking, setIsAsking] = useState(false)
  const [count, setCount] = useState(0)
  const [forgotten, setForgotten] = useState(0)
  const [failure, setFailure] = useState<string>()
  const facts = useMemo(() => memory.person(person), [memory, person])
  const forget = (): void => {
    setIsAsking(false)
    setFailure(undefined)
    facts.removeAll().then(
      () => setForgotten((times) => times + 1),
      (error: unknown) => setFailure(reasonOf(error)),
    )
  }
  return (
    <>
      <p className="field-hint">{words.hint(person)}</p>
      <FactEditor
        facts={facts}
        revision={revision + forgotten}
        onCount={setCount}
        empty={words.empty}
        add={words.add}
        placeholder={words.placeholder}
        testId="person-facts"
      />
      <div className="memory-actions" hidden={count === 0}>
        {isAsking ? (
          <>
            <button
              type="button"
              className="button small danger"
              data-testid="forget-all-sure"
              onClick={forget}
            >
              {words.confirmDeleteAll}
            </button>
            <button type="button" className="button small" autoFocus onClick={() => setIsAsking(false)}>
              {factWords.keep}
            </button>
          </>
        ) : (
          <button
            type="button"
            className="button small"
            data-testid="forget-all"
            onClick={() => setIsAsking(true)}
          >
            {words.deleteAll}
          </button>
        )}
      </div>
      {failure !== undefined && (
        <p className="fact-failure" role="alert">
          {failure}
        </p>
      )}
    </>
  )
}
