'use client'

import { voteReasons, type Comparison, type Vote, type VoteReason } from '@parley/compare'
import Link from 'next/link'
import { useEffect, useId, useRef, useState, type JSX } from 'react'
import { useCompareText } from '../../i18n/compare-messages.ts'
import type { RunStore } from '../../runs/run-store.ts'
import type { ShownLane } from './shown-lane.ts'

/** A blind choice between the lanes, with reasons; the names are shown when it is made. */
export function VotePanel(props: {
  readonly comparison: Comparison
  readonly lanes: readonly ShownLane[]
  readonly store: RunStore
  /** Names are still hidden. */
  readonly isOpen: boolean
  readonly onDone: () => void
}): JSX.Element {
  const { comparison, lanes, store, isOpen, onDone } = props
  const { vote: text } = useCompareText()
  const id = useId()
  const [choice, setChoice] = useState<string>()
  const [reasons, setReasons] = useState<readonly VoteReason[]>([])
  const [note, setNote] = useState('')
  const [cast, setCast] = useState<Vote>()
  const [failed, setFailed] = useState(false)
  const heading = useRef<HTMLHeadingElement>(null)
  // The button that stopped the run is gone when the vote opens; the focus would go with it.
  useEffect(() => heading.current?.focus(), [])

  const choose = async (): Promise<void> => {
    if (choice === undefined) return
    const vote = voteOf({ comparison, lanes, choice, reasons, note: note.trim() })
    setCast(vote)
    onDone()
    await store.saveVote(vote).catch(() => setFailed(true))
  }
  if (!isOpen) {
    return cast ? (
      <p className="vote-cast" role="status" data-testid="vote-cast">
        {cast.choice.kind === 'lane'
          ? text.castLane(cast.choice.label)
          : cast.choice.kind === 'tie'
            ? text.castTie
            : text.castNone}{' '}
        {failed ? text.failed : <Link href="/votes">{text.results}</Link>}
      </p>
    ) : (
      <></>
    )
  }
  const choices = [
    ...lanes.map(({ label, color, name }) => ({ value: `lane ${label}`, color, content: name })),
    { value: 'tie', color: undefined, content: text.tie },
    { value: 'none', color: undefined, content: text.none },
  ]
  return (
    <form
      className="vote"
      data-testid="vote"
      onSubmit={(event) => {
        event.preventDefault()
        void choose()
      }}
    >
      <h2 ref={heading} tabIndex={-1}>
        {text.title}
      </h2>
      <p className="field-hint">{text.lead}</p>
      <fieldset className="vote-choices" aria-label={text.best}>
        {choices.map(({ value, color, content }) => (
          <label key={value} className="vote-choice" data-lane={color}>
            <input
              type="radio"
              name={id}
              value={value}
              checked={choice === value}
              onChange={() => setChoice(value)}
            />
            <span>{content}</span>
          </label>
        ))}
      </fieldset>
      {choice?.startsWith('lane ') === true && (
        <fieldset className="vote-reasons">
          <legend>{text.reasons}</legend>
          {voteReasons.map((reason) => (
            <label key={reason} className="check">
              <input
                type="checkbox"
                checked={reasons.includes(reason)}
                onChange={({ target }) =>
                  setReasons(
                    target.checked ? [...reasons, reason] : reasons.filter((other) => other !== reason),
                  )
                }
              />
              {text.reasonNames[reason]}
            </label>
          ))}
        </fieldset>
      )}
      <div className="field">
        <label htmlFor={`${id}-note`}>{text.note}</label>
        <textarea
          id={`${id}-note`}
          rows={2}
          maxLength={2000}
          value={note}
          onChange={({ target }) => setNote(target.value)}
        />
      </div>
      <div className="vote-actions">
        <button
          type="submit"
          className="button strong"
          disabled={choice === undefined}
          data-testid="cast-vote"
        >
          {text.cast}
        </button>
        <button type="button" className="quiet-button" onClick={onDone}>
          {text.skip}
        </button>
      </div>
    </form>
  )
}

function voteOf(cast: {
  readonly comparison: Comparison
  readonly lanes: readonly ShownLane[]
  readonly choice: string
  readonly reasons: readonly VoteReason[]
  readonly note: string
}): Vote {
  const { comparison, lanes, choice, reasons, note } = cast
  const isLane = choice.startsWith('lane ')
  return {
    id: `vote_${crypto.randomUUID().replaceAll('-', '')}`,
    at: Date.now(),
    comparisonId: comparison.id,
    ...(comparison.scenario && { scenario: comparison.scenario.name }),
    lanes: lanes.map(({ label }) => label),
    choice: isLane
      ? { kind: 'lane', label: choice.slice('lane '.length) }
      : { kind: choice === 'tie' ? 'tie' : 'none' },
    reasons: isLane ? [...reasons] : [],
    ...(note !== '' && { note }),
  }
}
