'use client'

import type { WinTable } from '@parley/compare'
import type { JSX } from 'react'
import { usePreferences } from '../i18n/page-preferences.tsx'
import { useVotesText } from '../i18n/votes-messages.ts'
import { ShareBar } from './share-bar.tsx'
import { usePercent } from './use-percent.ts'

/** How often each lane was chosen of the times it was shown. */
export function StandingsSection({ table }: { readonly table: WinTable }): JSX.Element {
  const { standings: text } = useVotesText()
  const { format } = usePreferences()
  const percent = usePercent()
  return (
    <section className="votes-part" aria-labelledby="standings-title" data-testid="standings">
      <h2 id="standings-title">{text.title}</h2>
      <table className="standings">
        <thead>
          <tr>
            <th scope="col">{text.lane}</th>
            <th scope="col">{text.chosen}</th>
            <th scope="col">{text.share}</th>
          </tr>
        </thead>
        <tbody>
          {table.standings.map(({ label, chosen, shown, chosenShare }) => (
            <tr key={label} data-label={label}>
              <th scope="row">{label}</th>
              <td className="standings-count">{text.of(format.integer(chosen), format.integer(shown))}</td>
              <td>
                {chosenShare && (
                  <div className="standings-share">
                    <ShareBar share={chosenShare} />
                    <span>
                      <b>{percent(chosenShare.value)}</b>
                      <small>{text.range(percent(chosenShare.low), percent(chosenShare.high))}</small>
                    </span>
                  </div>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="field-hint">{text.hint}</p>
    </section>
  )
}
