'use client'

import type { ContextReport } from '@parley/core'
import type { JSX } from 'react'
import { useMemoryText } from '../i18n/memory-messages.ts'
import { usePreferences } from '../i18n/page-preferences.tsx'

/** Tokens against the budget, and what became of every item of the conversation. */
export function ToldBar({ report }: { readonly report: ContextReport }): JSX.Element {
  const { format } = usePreferences()
  const words = useMemoryText().told
  const { tokens, budget_tokens: budget, items, summarized, left_out: leftOut } = report
  const facts = report.pinned + report.facts
  const size =
    budget === null || report.strategy === 'full'
      ? words.unbounded(format.integer(tokens))
      : words.ofBudget(format.integer(tokens), format.integer(budget))
  const share = budget === null || budget === 0 ? 0 : Math.min(1, tokens / budget)
  return (
    <div className="told" data-testid="told" data-tokens={tokens} data-budget={budget ?? ''}>
      <p className="told-size">
        <b>{words.strategies[report.strategy]}</b> <span>{size}</span>
      </p>
      {budget !== null && report.strategy !== 'full' && (
        <div className="told-bar" aria-hidden="true">
          <span style={{ inlineSize: `${share * 100}%` }} />
        </div>
      )}
      <dl className="told-counts">
        <Count name={words.items} value={words.turns(items)} kind="items" count={items} />
        <Count name={words.summarized} value={words.turns(summarized)} kind="summarized" count={summarized} />
        <Count name={words.leftOut} value={words.turns(leftOut)} kind="left-out" count={leftOut} />
        {facts > 0 && <Count name={words.facts} value={words.factCount(facts)} kind="facts" count={facts} />}
      </dl>
      <p className="field-hint">{words.how(words.ways[report.way])}</p>
    </div>
  )
}

function Count(props: {
  readonly name: string
  readonly value: string
  readonly kind: string
  readonly count: number
}): JSX.Element {
  return (
    <div data-testid={`told-${props.kind}`} data-count={props.count} data-kind={props.kind}>
      <dt>{props.name}</dt>
      <dd>{props.value}</dd>
    </div>
  )
}
