'use client'

import { preferred, type Pairing, type Share, type Vote, type WinTable } from '@parley/compare'
import { useMemo, type JSX } from 'react'
import { usePreferences } from '../i18n/page-preferences.tsx'
import type { VotesTexts } from '../i18n/en-votes.ts'
import { useVotesText } from '../i18n/votes-messages.ts'
import { ShareBar } from './share-bar.tsx'
import { shareOverVotes } from './share-over-votes.ts'
import { usePercent } from './use-percent.ts'
import { votesNeeded } from './votes-needed.ts'

/** Each pair of lanes: who won how often, how sure that is, and how it came about. */
export function PairsSection(props: {
  readonly table: WinTable
  readonly votes: readonly Vote[]
}): JSX.Element {
  const { table, votes } = props
  const { pairs: text } = useVotesText()
  const rank = new Map(table.standings.map(({ label }, place) => [label, place]))
  const pairs = table.pairings.filter(({ label, other }) => (rank.get(label) ?? 0) < (rank.get(other) ?? 0))
  return (
    <section className="votes-part" aria-labelledby="pairs-title" data-testid="pairs">
      <h2 id="pairs-title">{text.title}</h2>
      <p className="field-hint">{text.hint}</p>
      <ul className="pairs">
        {pairs.map((pair) => (
          <Pair key={`${pair.label} ${pair.other}`} pair={pair} votes={votes} />
        ))}
      </ul>
      <p className="field-hint">{text.looking}</p>
    </section>
  )
}

function Pair(props: { readonly pair: Pairing; readonly votes: readonly Vote[] }): JSX.Element {
  const { pair, votes } = props
  const { label, other, wins, losses, ties, winShare } = pair
  const { pairs: text } = useVotesText()
  const { format } = usePreferences()
  const percent = usePercent()
  const history = useMemo(() => shareOverVotes(votes, label, other), [votes, label, other])
  const leader = preferred(pair)
  return (
    <li className="pair" data-testid="pair" data-leader={leader}>
      <h3 className="visually-hidden">{text.against(label, other)}</h3>
      <div className="pair-score" aria-hidden="true">
        <span>{label}</span>
        <b>{text.score(format.integer(wins), format.integer(losses))}</b>
        <span>{other}</span>
      </div>
      {winShare && <MirrorBar share={winShare} />}
      <p className="pair-words">
        {winShare && (
          <span>
            {text.share(label, percent(winShare.value), percent(winShare.low), percent(winShare.high))}
          </span>
        )}
        <span className="pair-verdict" data-clear={leader !== undefined}>
          {winShare === undefined ? text.undecided : leader === undefined ? text.open : text.ahead(leader)}
        </span>
        {ties > 0 && <span>{text.ties(ties)}</span>}
      </p>
      {winShare && leader === undefined && (
        <p className="field-hint">{needed(wins, losses, text, format.integer)}</p>
      )}
      {history.length > 2 && <History label={text.overTime(label)} history={history} />}
    </li>
  )
}

/** The first lane stands on the left: what it wins lies there. */
function MirrorBar({ share }: { readonly share: Share }): JSX.Element {
  return <ShareBar middle share={{ value: 1 - share.value, low: 1 - share.high, high: 1 - share.low }} />
}

function needed(
  wins: number,
  losses: number,
  text: VotesTexts['pairs'],
  integer: (value: number) => string,
): string {
  if (wins === losses) return text.even
  const count = votesNeeded(wins, losses)
  return count === undefined ? text.many : text.needed(integer(count))
}

/** Height of the picture, px. */
const historyHeight = 56

/** The share after each vote with its interval, and the middle. */
function History(props: { readonly label: string; readonly history: readonly Share[] }): JSX.Element {
  const { label, history } = props
  const last = history.length - 1
  const point = (share: number, place: number): string =>
    `${((100 * place) / last).toFixed(2)} ${(historyHeight * (1 - share)).toFixed(2)}`
  const line = (of: (share: Share) => number): readonly string[] =>
    history.map((share, place) => point(of(share), place))
  const band = [
    ...line(({ high }) => high),
    ...history.map(({ low }, place) => point(low, place)).toReversed(),
  ]
  return (
    <svg
      className="pair-history"
      role="img"
      aria-label={label}
      viewBox={`0 0 100 ${historyHeight}`}
      preserveAspectRatio="none"
    >
      <title>{label}</title>
      <path className="history-band" d={`M${band.join('L')}Z`} />
      <path className="history-middle" d={`M0 ${historyHeight / 2}H100`} />
      <path className="history-line" d={`M${line(({ value }) => value).join('L')}`} />
    </svg>
  )
}
