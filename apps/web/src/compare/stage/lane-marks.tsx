'use client'

import type { JSX } from 'react'
import { useCompareText } from '../../i18n/compare-messages.ts'
import { usePreferences } from '../../i18n/page-preferences.tsx'
import { markRows } from './mark-rows.ts'
import type { ShownLane } from './shown-lane.ts'
import { useMarkText } from './use-mark-text.ts'

/** Every moment of a lane as a table: for everybody when it is shown, for screen readers always. */
export function LaneMarks(props: {
  readonly lane: ShownLane
  readonly shift: number
  readonly isShown: boolean
}): JSX.Element {
  const { lane, shift, isShown } = props
  const { marks: text, stage } = useCompareText()
  const { format } = usePreferences()
  const { describe } = useMarkText()
  const { marks, status } = lane.track
  // A reader is spared a table that grows while it is read.
  const rows = status === 'running' && !isShown ? [] : markRows(marks)
  return (
    <div
      className={isShown ? 'marks' : 'visually-hidden'}
      // What scrolls must be reached by keys.
      {...(isShown && { tabIndex: 0, role: 'region', 'aria-label': text.title(lane.name) })}
    >
      <table>
        <caption className="visually-hidden">{text.title(lane.name)}</caption>
        <thead>
          <tr>
            <th scope="col">{text.at}</th>
            <th scope="col">{text.what}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ mark, count, mostLateMs }, place) => {
            const { name, detail: one } = describe(mark)
            const detail =
              count > 1
                ? text.timesLate(format.integer(count), stage.milliseconds(format.integer(mostLateMs)))
                : one
            return (
              // oxlint-disable-next-line react/no-array-index-key -- marks are only ever added
              <tr key={place} data-mark={mark.type}>
                <td>{stage.milliseconds(format.integer(mark.at + shift))}</td>
                <td>
                  {name}
                  {detail !== '' && <span> {detail}</span>}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}
