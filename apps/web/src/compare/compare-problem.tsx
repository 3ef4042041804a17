'use client'

import { useState, type JSX } from 'react'
import { Icon } from '../components/icons.tsx'
import { useCompareText } from '../i18n/compare-messages.ts'
import { usePreferences } from '../i18n/page-preferences.tsx'
import type { Problem } from '../session/problem.ts'
import { unreadOf } from './compare-setup.ts'

/** Why a comparison did not begin, and what to do about it. */
export function CompareProblem(props: {
  readonly problem: Problem | undefined
  readonly onDismiss: () => void
}): JSX.Element {
  const { problems } = usePreferences().text
  const { problem } = props
  return (
    <div role="alert">
      {problem && (
        <div className="notice" data-testid="problem" data-code={problem.code}>
          <div>
            <p className="notice-title">{problems[problem.code].title}</p>
            <p>{problem.detail ?? problems[problem.code].advice}</p>
          </div>
          <button
            type="button"
            className="quiet-button square"
            aria-label={problems.dismiss}
            onClick={props.onDismiss}
          >
            <Icon name="close" size={18} />
          </button>
        </div>
      )}
    </div>
  )
}

/** What of the address could not be read, and what is set up instead. */
export function AddressProblem(props: {
  /** As the page was opened, without its question mark. */
  readonly search: string
  /** Names of the scenarios that ship. */
  readonly scenarios: readonly string[]
}): JSX.Element {
  const { problems } = usePreferences().text
  const { address: text } = useCompareText()
  const [unread, setUnread] = useState<ReturnType<typeof unreadOf> | undefined>(() =>
    unreadOf(new URLSearchParams(props.search), props.scenarios),
  )
  if (!unread || (unread.scenario === undefined && unread.lanes.length === 0)) return <></>
  return (
    <div className="notice" role="alert" data-testid="address-problem">
      <div>
        <p className="notice-title">{text.title}</p>
        {unread.scenario !== undefined && <p>{text.scenario(unread.scenario)}</p>}
        {[...new Set(unread.lanes)].map((lane) => (
          <p key={lane}>{text.lane(lane)}</p>
        ))}
      </div>
      <button
        type="button"
        className="quiet-button square"
        aria-label={problems.dismiss}
        onClick={() => setUnread(undefined)}
      >
        <Icon name="close" size={18} />
      </button>
    </div>
  )
}
