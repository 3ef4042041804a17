'use client'

import type { Vote } from '@parley/compare'
import Link from 'next/link'
import { useState, type JSX } from 'react'
import { Icon } from '../components/icons.tsx'
import { usePreferences } from '../i18n/page-preferences.tsx'
import { useVotesText } from '../i18n/votes-messages.ts'
import { runAddress } from '../runs/run-address.ts'
import { useScenarioName } from '../runs/use-scenario-name.ts'
import { VoteWords } from './vote-words.tsx'

/** Votes that are shown at first, and how many more each time. */
const atATime = 30

/** Every vote with its reasons, newest first. */
export function VoteList(props: {
  readonly votes: readonly Vote[]
  /** Titles of the runs that are still there, by id. */
  readonly runs: ReadonlyMap<string, string>
  readonly onDelete: (vote: Vote) => void
}): JSX.Element {
  const { votes, runs } = props
  const { list: text } = useVotesText()
  const [count, setCount] = useState(atATime)
  const newest = votes.toSorted((a, b) => b.at - a.at)
  return (
    <section className="votes-part" aria-labelledby="votes-title" data-testid="votes">
      <h2 id="votes-title">{text.title}</h2>
      <ul className="vote-list">
        {newest.slice(0, count).map((vote) => (
          <VoteRow
            key={vote.id}
            vote={vote}
            run={runs.get(vote.comparisonId)}
            onDelete={() => props.onDelete(vote)}
          />
        ))}
      </ul>
      {count < votes.length && (
        <button type="button" className="button small" onClick={() => setCount(count + atATime)}>
          {text.more}
        </button>
      )}
    </section>
  )
}

function VoteRow(props: {
  readonly vote: Vote
  readonly run: string | undefined
  readonly onDelete: () => void
}): JSX.Element {
  const { vote, run } = props
  const { at, scenario, comparisonId } = vote
  const { list: text } = useVotesText()
  const scenarioName = useScenarioName()
  const { format } = usePreferences()
  return (
    <li className="vote-row" data-testid="vote-row" data-id={vote.id}>
      <div>
        <VoteWords vote={vote} />
        <p className="run-about">
          <span>{scenarioName(scenario)}</span>
          <time dateTime={new Date(at).toISOString()}>{format.date(at)}</time>
          <span>
            {run === undefined ? (
              text.gone
            ) : (
              <Link href={runAddress(comparisonId)} prefetch={false} title={run}>
                {text.run}
              </Link>
            )}
          </span>
        </p>
      </div>
      <button
        type="button"
        className="quiet-button square"
        aria-label={text.delete(format.date(at))}
        data-testid="delete-vote"
        onClick={props.onDelete}
      >
        <Icon name="trash" size={17} />
      </button>
    </li>
  )
}
