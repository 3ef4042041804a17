'use client'

import { turnsOf, wasReached, type ExpectationResult, type Scenario, type Turn } from '@parley/compare'
import type { JSX } from 'react'
import { useCompareText } from '../../i18n/compare-messages.ts'
import { soFar } from '../lane-track.ts'
import type { ShownLane } from './shown-lane.ts'

/** What one lane made of a turn. */
interface LaneTurn {
  readonly lane: ShownLane
  readonly turn: Turn | undefined
  readonly expectations: readonly ExpectationResult[]
}

/** One turn of the person with what every lane made of it. */
interface Exchange {
  readonly key: number
  readonly said: string | undefined
  readonly lanes: readonly LaneTurn[]
}

/** What was said, and side by side what each lane understood and answered. */
export function WordsPanel(props: {
  readonly lanes: readonly ShownLane[]
  readonly scenario: Scenario | undefined
  /** Without what was expected of the answers. */
  readonly isBlind: boolean
}): JSX.Element {
  const { stage: text } = useCompareText()
  const exchanges = exchangesOf(props.lanes, props.scenario)
  return (
    <section className="words" aria-labelledby="words-title" data-testid="words">
      <h2 id="words-title">{text.words}</h2>
      {exchanges.length === 0 && <p className="field-hint">{text.noWords}</p>}
      <ol>
        {exchanges.map(({ key, said, lanes }) => (
          <li key={key} className="exchange">
            <p className="exchange-said">
              <b>{text.you}</b>
              {said ?? <i>{text.spoken}</i>}
            </p>
            <ul className="exchange-lanes">
              {lanes.map((laneTurn) => (
                <LaneAnswer
                  key={laneTurn.lane.label}
                  said={said}
                  {...laneTurn}
                  {...(props.isBlind && { expectations: [] })}
                />
              ))}
            </ul>
          </li>
        ))}
      </ol>
    </section>
  )
}

function LaneAnswer(props: LaneTurn & { readonly said: string | undefined }): JSX.Element {
  const { lane, turn, said, expectations } = props
  const { stage: text } = useCompareText()
  const transcript = turn?.transcript
  const isSame = transcript !== undefined && said !== undefined && plain(transcript) === plain(said)
  const answer = turn?.answers.flatMap((one) => (one.text === '' ? [] : one.text)).join(' ') ?? ''
  return (
    <li data-lane={lane.color}>
      <span className="lane-letter" role="img" aria-label={lane.name}>
        {lane.letter}
      </span>
      <div>
        {turn?.kind === 'speech' && !isSame && (
          <p className="exchange-heard">
            {text.heard}: {transcript ?? text.notUnderstood}
          </p>
        )}
        <p>{answer || (turn?.answerDue === false ? '–' : <i>{text.noAnswer}</i>)}</p>
        {expectations.map((result) => (
          <p key={result.step} className="expectation" data-met={result.met}>
            <b>{result.met ? text.met : wasReached(result) ? text.missed : text.notReached}</b>{' '}
            {readable(result.expected)}
          </p>
        ))}
      </div>
    </li>
  )
}

/** Lines up the turns of all lanes: by their step in a scenario, by their order otherwise. */
function exchangesOf(lanes: readonly ShownLane[], scenario: Scenario | undefined): readonly Exchange[] {
  const runs = lanes.map((lane) => {
    const run = soFar(lane.track)
    const turns = turnsOf(run, scenario)
    return { lane, run, turnAt: new Map(turns.map((turn, place) => [turn.step ?? place, turn])) }
  })
  const keys = [...new Set(runs.flatMap(({ turnAt }) => [...turnAt.keys()]))].toSorted((a, b) => a - b)
  return keys.map((key, place) => ({
    key,
    said: runs.map(({ turnAt }) => turnAt.get(key)?.said).find((words) => words !== undefined),
    lanes: runs.map(({ lane, run, turnAt }) => ({
      lane,
      turn: turnAt.get(key),
      // An expectation belongs to the turn before it.
      expectations: run.expectations.filter(
        ({ step }) => step > key && step < (keys[place + 1] ?? Number.POSITIVE_INFINITY),
      ),
    })),
  }))
}

/** Expected words are regular expressions: what only bounds them says nothing to a reader. */
function readable(expected: string): string {
  return expected.replaceAll(String.raw`\b`, '')
}

function plain(words: string): string {
  return words
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}
