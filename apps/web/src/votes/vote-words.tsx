'use client'

import type { Vote } from '@parley/compare'
import type { JSX } from 'react'
import { useCompareText } from '../i18n/compare-messages.ts'
import { useVotesText } from '../i18n/votes-messages.ts'

/** What a vote chose, between which lanes, and why. */
export function VoteWords({ vote }: { readonly vote: Vote }): JSX.Element {
  const { choice, lanes, reasons, note } = vote
  const { list: text } = useVotesText()
  const { reasonNames } = useCompareText().vote
  return (
    <>
      <p className="vote-choice-made">
        {choice.kind === 'lane' ? (
          <>
            {text.lane} <b>{choice.label}</b>
          </>
        ) : (
          <b>{choice.kind === 'tie' ? text.tie : text.nobody}</b>
        )}{' '}
        <span>{text.between(lanes.join(', '))}</span>
      </p>
      {reasons.length > 0 && (
        <p className="vote-why">{reasons.map((reason) => reasonNames[reason]).join(', ')}</p>
      )}
      {note !== undefined && <p className="vote-note">{note}</p>}
    </>
  )
}
