'use client'

import Link from 'next/link'
import type { JSX, ReactNode } from 'react'
import { useRunsText } from '../i18n/runs-messages.ts'
import type { StorageProblem } from './run-store.ts'

/** Nothing is kept yet: what would be here, and the way to it. */
export function RunsEmpty(): JSX.Element {
  const text = useRunsText()
  return (
    <EmptyState title={text.empty} text={text.emptyText}>
      <Link className="button strong" href="/compare" prefetch={false}>
        {text.emptyAction}
      </Link>
    </EmptyState>
  )
}

/** A view without anything to show. */
export function EmptyState(props: {
  readonly title: string
  readonly text: string
  readonly children?: ReactNode
}): JSX.Element {
  return (
    <div className="state" data-testid="empty">
      <svg width="240" height="72" viewBox="0 0 240 72" aria-hidden="true" className="state-picture">
        {[14, 36, 58].map((y, row) => (
          <g key={y} strokeLinecap="round" strokeWidth="3">
            <path className="state-line" d={`M0 ${y}H240`} strokeWidth="1" />
            <path className={`state-bar-${row}`} d={`M0 ${y}H${[88, 132, 60][row] ?? 0}`} />
          </g>
        ))}
      </svg>
      <h2>{props.title}</h2>
      <p>{props.text}</p>
      {props.children}
    </div>
  )
}

/** The browser's storage does not do what is needed: why, and what to do. */
export function StoreFailure(props: {
  readonly problem: StorageProblem
  readonly onRetry: () => void
}): JSX.Element {
  const text = useRunsText()
  return (
    <div className="notice" role="alert" data-testid="store-failure">
      <p>{text.problems[props.problem]}</p>
      <button type="button" className="button small" onClick={props.onRetry}>
        {text.retry}
      </button>
    </div>
  )
}
