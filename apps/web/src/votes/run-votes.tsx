'use client'

import type { Vote } from '@parley/compare'
import Link from 'next/link'
import { useCallback, type JSX } from 'react'
import { usePreferences } from '../i18n/page-preferences.tsx'
import { useVotesText } from '../i18n/votes-messages.ts'
import type { RunStore } from '../runs/run-store.ts'
import { useKept } from '../runs/use-kept.ts'
import { VoteWords } from './vote-words.tsx'

/** The blind votes on one run; nothing where none was cast. */
export function RunVotes(props: { readonly id: string; readonly store: RunStore }): JSX.Element | null {
  const { id, store } = props
  const { list: text, ofRun } = useVotesText()
  const { format } = usePreferences()
  const read = useCallback(
    async (from: RunStore): Promise<readonly Vote[]> =>
      (await from.votes()).filter(({ comparisonId }) => comparisonId === id),
    [id],
  )
  const { kept } = useKept(store, read)
  if (kept.status !== 'loaded' || kept.value.length === 0) return null
  return (
    <section className="run-votes" aria-labelledby="run-votes-title" data-testid="run-votes">
      <h2 id="run-votes-title">{ofRun.title}</h2>
      <ul>
        {kept.value.map((vote) => (
          <li key={vote.id}>
            <VoteWords vote={vote} />
            <p className="run-about">
              <time dateTime={new Date(vote.at).toISOString()}>{format.date(vote.at)}</time>
              <span>
                <Link href="/votes" prefetch={false}>
                  {text.title}
                </Link>
              </span>
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}
