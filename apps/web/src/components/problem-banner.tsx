'use client'

import type { JSX } from 'react'
import { usePreferences } from '../i18n/page-preferences.tsx'
import { useIsOnline } from '../shell/use-is-online.ts'
import { Icon } from './icons.tsx'
import { usePlayground } from './playground-context.tsx'
import { useStore } from './use-store.ts'

/** What went wrong and what to do about it. */
export function ProblemBanner(): JSX.Element {
  const { text } = usePreferences()
  const { controller } = usePlayground()
  const { problem } = useStore(controller.view)
  const isOffline = !useIsOnline() && problem?.code === 'gateway_unreachable'
  const { title, advice } = isOffline ? text.shell.offline : text.problems[problem?.code ?? 'server_error']
  return (
    <div role="alert" className="problem-place">
      {problem && (
        <div className="problem" data-testid="problem" data-code={problem.code}>
          <div className="problem-words">
            <p className="problem-title">{title}</p>
            <p className="problem-advice">{advice}</p>
            {problem.detail && (
              <details className="problem-detail">
                <summary>{text.session.details}</summary>
                <p>{problem.detail}</p>
              </details>
            )}
          </div>
          <button
            type="button"
            className="quiet-button square"
            aria-label={text.problems.dismiss}
            onClick={() => controller.dismissProblem()}
          >
            <Icon name="close" size={18} />
          </button>
        </div>
      )}
    </div>
  )
}
