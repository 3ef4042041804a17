'use client'

import { voteReasons, type Vote } from '@parley/compare'
import type { JSX } from 'react'
import { useCompareText } from '../i18n/compare-messages.ts'
import { usePreferences } from '../i18n/page-preferences.tsx'
import { useVotesText } from '../i18n/votes-messages.ts'

/** Which reasons were given for which lane, from the list and in own words. */
export function ReasonsSection(props: {
  readonly votes: readonly Vote[]
  /** Labels of the lanes, most often chosen first. */
  readonly labels: readonly string[]
}): JSX.Element {
  const { votes, labels } = props
  const { reasons: text } = useVotesText()
  const { reasonNames } = useCompareText().vote
  const { format } = usePreferences()
  const rows = kinds
    .map((kind) => ({
      kind,
      counts: labels.map((label) => ({
        label,
        count: votes.filter(
          (vote) => vote.choice.kind === 'lane' && vote.choice.label === label && gives(vote, kind),
        ).length,
      })),
    }))
    .map((row) => ({ ...row, total: row.counts.reduce((sum, { count }) => sum + count, 0) }))
    .filter(({ total }) => total > 0)
    .toSorted((a, b) => b.total - a.total)
  const most = Math.max(1, ...rows.flatMap(({ counts }) => counts.map(({ count }) => count)))
  return (
    <section className="votes-part" aria-labelledby="reasons-title" data-testid="reasons">
      <h2 id="reasons-title">{text.title}</h2>
      <p className="field-hint">
        {rows.length > 0
          ? text.hint
          : votes.some((vote) => kinds.some((kind) => gives(vote, kind)))
            ? text.withoutChoice
            : text.none}
      </p>
      <ul className="reasons">
        {rows.map(({ kind, counts }) => (
          <li key={kind} data-reason={kind}>
            <h3>{kind === 'note' ? text.note : reasonNames[kind]}</h3>
            <ul>
              {counts.map(
                ({ label, count }) =>
                  count > 0 && (
                    <li key={label}>
                      <span>{label}</span>
                      <span className="reason-bar" aria-hidden="true">
                        <span style={{ inlineSize: `${(100 * count) / most}%` }} />
                      </span>
                      <span>{format.integer(count)}</span>
                    </li>
                  ),
              )}
            </ul>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Reasons of the list, and the person's own words. */
const kinds = [...voteReasons, 'note'] as const

function gives({ reasons, note = '' }: Vote, kind: (typeof kinds)[number]): boolean {
  return kind === 'note' ? note.trim() !== '' : reasons.includes(kind)
}
