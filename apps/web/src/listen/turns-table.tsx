'use client'

import { useState, type JSX } from 'react'
import { Icon } from '../components/icons.tsx'
import { useListenText } from '../i18n/listen-messages.ts'
import { usePreferences } from '../i18n/page-preferences.tsx'
import { markShapes } from './mark-shapes.ts'
import type { HeardTurn, MarkKind, TurnMark } from './turn-marks.ts'

/** Rows that are shown before a person asks for all. */
const firstRows = 50

/** The turns, each with a button to hear it. */
export function TurnsTable(props: {
  readonly turns: readonly HeardTurn[]
  /** False while the sound still comes in. */
  readonly canHear: boolean
  readonly onHear: (turn: HeardTurn) => void
  /** Shows a moment in the picture. */
  readonly onShow: (atMs: number) => void
}): JSX.Element {
  const { turns: text, picture } = useListenText()
  const { format } = usePreferences()
  const { rows, more } = useFirst(props.turns)
  const seconds = (ms: number | undefined): string =>
    ms === undefined ? text.open : picture.seconds(format.decimal(ms / 1000))
  return (
    <section className="lab-part" aria-labelledby="lab-turns">
      <h2 id="lab-turns">{text.title}</h2>
      {props.turns.length === 0 ? (
        <p className="field-hint">{text.none}</p>
      ) : (
        <div className="lab-table-place" tabIndex={0} role="region" aria-labelledby="lab-turns">
          <table className="lab-table">
            <thead>
              <tr>
                <th scope="col">{text.number}</th>
                <th scope="col">{text.from}</th>
                <th scope="col">{text.to}</th>
                <th scope="col">{text.wait}</th>
                <th scope="col">{text.pauses}</th>
                <th scope="col">
                  <span className="visually-hidden">{text.actions}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map((turn, place) => (
                <tr key={turn.onsetMs} data-testid="lab-turn" data-open={turn.stopMs === undefined}>
                  <th scope="row">
                    <button type="button" className="link-button" onClick={() => props.onShow(turn.onsetMs)}>
                      {format.integer(place + 1)}
                      <span className="visually-hidden"> {text.show}</span>
                    </button>
                  </th>
                  <td>{seconds(turn.onsetMs)}</td>
                  <td>{turn.stopMs === undefined ? text.open : seconds(turn.endMs)}</td>
                  <td>
                    {turn.stopMs === undefined || turn.endMs === undefined
                      ? '–'
                      : text.milliseconds(format.integer(turn.stopMs - turn.endMs))}
                  </td>
                  <td>{format.integer(turn.pauses)}</td>
                  <td>
                    <button
                      type="button"
                      className="button small"
                      disabled={!props.canHear}
                      data-testid="hear-turn"
                      onClick={() => props.onHear(turn)}
                    >
                      <Icon name="play" size={14} />
                      <span className="lab-hear-word">{text.hear}</span>
                      <span className="visually-hidden"> {text.turn(format.integer(place + 1))}</span>
                    </button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {more}
    </section>
  )
}

/** Every mark in the order in which it was known; the picture in words. */
export function MarksTable(props: { readonly marks: readonly TurnMark[] }): JSX.Element {
  const { marks: text, picture, settings } = useListenText()
  const { format } = usePreferences()
  const { rows, more } = useFirst(props.marks)
  // Only what judges pauses gives scores.
  const hasScores = props.marks.some(({ score }) => score !== undefined)
  const seconds = (ms: number): string => picture.seconds(format.decimal(ms / 1000))
  return (
    <section className="lab-part" aria-labelledby="lab-marks">
      <h2 id="lab-marks">{text.title}</h2>
      {props.marks.length === 0 ? (
        <p className="field-hint">{text.none}</p>
      ) : (
        <div className="lab-table-place lab-marks" tabIndex={0} role="region" aria-labelledby="lab-marks">
          <table className="lab-table">
            <thead>
              <tr>
                <th scope="col">{text.kind}</th>
                <th scope="col">{text.at}</th>
                <th scope="col">{text.known}</th>
                {hasScores && <th scope="col">{text.score}</th>}
              </tr>
            </thead>
            <tbody>
              {rows.map((mark, place) => (
                <tr key={place} data-testid="lab-mark" data-kind={mark.kind}>
                  <th scope="row">
                    <MarkIcon kind={mark.kind} /> {text.kinds[mark.kind]}
                  </th>
                  <td>{seconds(mark.atMs)}</td>
                  <td>{settings.milliseconds(format.integer(mark.knownMs - mark.atMs))}</td>
                  {hasScores && (
                    <td>{mark.score === undefined ? '–' : `${format.integer(mark.score * 100)} %`}</td>
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {more}
    </section>
  )
}

/** A mark as the picture has it. */
export function MarkIcon({ kind }: { readonly kind: MarkKind }): JSX.Element {
  const { path, isFilled, color } = markShapes[kind]
  return (
    <svg className="mark-icon" width="12" height="12" viewBox="0 0 10 10" aria-hidden="true">
      <path
        d={path}
        fill={isFilled ? `var(${color})` : 'none'}
        stroke={isFilled ? 'none' : `var(${color})`}
        strokeWidth="1.5"
      />
    </svg>
  )
}

function useFirst<T>(all: readonly T[]): { readonly rows: readonly T[]; readonly more: JSX.Element | null } {
  const { marks: text } = useListenText()
  const { format } = usePreferences()
  const [isAll, setIsAll] = useState(false)
  if (isAll || all.length <= firstRows) return { rows: all, more: null }
  return {
    rows: all.slice(0, firstRows),
    more: (
      <button type="button" className="button small" onClick={() => setIsAll(true)}>
        {text.all(format.integer(all.length))}
      </button>
    ),
  }
}
