'use client'

import { voteReasons, type Vote } from '@parley/compare'
import type { JSX } from 'react'
import { useCompareText } from '../i18n/compare-messages.ts'
import { usePreferences } from '../i18n/page-preferences.tsx'
import { useVotesText } from '../i18n/votes-messages.ts'

/** Which reasons were given for which lane. */
export function ReasonsSection(props: {
  readonly votes: readonly Vote[]
  /** Labels of the lanes, most often chosen first. */
  readonly labels: readonly string[]
}): JSX.Element {
  const { votes, labels } = props
  const { reasons: text } = useVotesText()
  const { reasonNames } = useCompareText().vote
  const { format } = usePreferences()
  const rows = voteReasons
    .map((reason) => ({
      reason,
      counts: labels.map((label) => ({
        label,
        count: votes.filter(
          ({ choice, reasons }) =>
            choice.kind === 'lane' && choice.label === label && reasons.includes(reason),
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
      <p className="field-hint">{rows.length === 0 ? text.none : text.hint}</p>
      <ul className="reasons">
        {rows.map(({ reason, counts }) => (
          <li key={reason} data-reason={reason}>
            <h3>{reasonNames[reason]}</h3>
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
