'use client'

import type { JSX } from 'react'
import { usePreferences } from '../i18n/page-preferences.tsx'
import { translationNeeds } from '../session/translation.ts'
import { exchangesOf, type Turn } from '../session/turns.ts'
import { LatencyBar } from './latency-bar.tsx'
import { usePlayground } from './playground-context.tsx'
import { TurnRow } from './turn-row.tsx'

/** Names of the two sides. */
export function TranslationHeads(): JSX.Element {
  const { text, format } = usePreferences()
  const { inForce } = usePlayground()
  return (
    <div className="translation-heads" data-testid="translation-heads">
      <p>
        {text.translation.original} <span>{format.languageName(inForce.language)}</span>
      </p>
      <p>
        {text.translation.translated} <span>{format.languageName(inForce.translateTo)}</span>
      </p>
    </div>
  )
}

/** Says that something is missing; what it is stands in the setup. */
export function TranslationNotYet(): JSX.Element | null {
  const { text } = usePreferences()
  const { settings, backend } = usePlayground()
  if (!backend || translationNeeds(settings, backend.capabilities).length === 0) return null
  return (
    <p className="translation-not-yet" data-testid="translation-not-yet">
      {text.translation.notYet}
    </p>
  )
}

/** What was said and what became of it, side by side. */
export function TranslatedTurns(props: {
  readonly turns: readonly Turn[]
  readonly soundingItemId: string | undefined
}): JSX.Element {
  return (
    <>
      {exchangesOf(props.turns).map(({ said, answers }) => (
        <li key={said?.itemId ?? answers[0]?.itemId} className="exchange" data-testid="exchange">
          <div className="exchange-side" data-side="original">
            {said && <TurnRow turn={said} isSounding={false} />}
          </div>
          <div className="exchange-side" data-side="translation">
            {answers.map((turn) => (
              <TurnRow key={turn.itemId} turn={turn} isSounding={turn.itemId === props.soundingItemId} />
            ))}
            {answers.map((turn) => turn.latency && <LatencyBar key={turn.itemId} latency={turn.latency} />)}
          </div>
        </li>
      ))}
    </>
  )
}
