'use client'

import type { JSX } from 'react'
import { Icon } from '../components/icons.tsx'
import { usePreferences } from '../i18n/page-preferences.tsx'
import type { Problem } from '../session/problem.ts'

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
