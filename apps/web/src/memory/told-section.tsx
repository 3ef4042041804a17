'use client'

import type { ContextReport } from '@parley/core'
import { useCallback, useState, type JSX } from 'react'
import { SelectField } from '../components/field.tsx'
import { usePlayground } from '../components/playground-context.tsx'
import { useStore } from '../components/use-store.ts'
import { useMemoryText } from '../i18n/memory-messages.ts'
import { usePreferences } from '../i18n/page-preferences.tsx'
import { itemText, roleOfItem } from '../session/item-text.ts'
import type { Turn } from '../session/turns.ts'
import { BudgetField, StrategyField } from './context-fields.tsx'
import { LoadFailure } from './load-failure.tsx'
import type { ContextPreview, MemoryClient, PreviewQuery } from './memory-client.ts'
import { ToldBar } from './told-bar.tsx'
import { useLoaded } from './use-loaded.ts'

/** What the backend was told when its session began, and what any other one would be told now. */
export function ToldSection(props: {
  readonly memory: MemoryClient
  readonly conversationId: string
  /** Changes with what was said. */
  readonly revision: number
}): JSX.Element {
  const { memory, conversationId, revision } = props
  const { told: words } = useMemoryText()
  const { controller, backend, backendTitle, backends, inForce } = usePlayground()
  const view = useStore(controller.view)
  const [asked, setAsked] = useState<Partial<PreviewQuery>>({})
  const query: PreviewQuery = {
    backend: asked.backend ?? view.backend?.backend ?? backend?.name ?? '',
    strategy: asked.strategy ?? inForce.contextStrategy,
    budget: asked.budget ?? inForce.contextTokens,
    person: inForce.person,
  }
  const key = JSON.stringify(query)
  const load = useCallback(
    (signal: AbortSignal) => {
      const preview: PreviewQuery = JSON.parse(key)
      return memory.preview(conversationId, preview, signal)
    },
    // What was said since changes what would be told.
    [memory, conversationId, key, revision],
  )
  const { value: preview, failed, reload } = useLoaded(load)
  return (
    <section aria-labelledby="told-title" data-testid="told-section">
      <h3 id="told-title">{words.label}</h3>
      {view.context && (
        <div className="told-now" data-testid="told-now">
          {isEmpty(view.context) ? (
            <p className="field-hint">{words.nothingYet}</p>
          ) : (
            <>
              <p className="field-hint">
                {words.began(backendTitle(view.backend?.backend ?? backend?.name ?? ''))}
              </p>
              <ToldBar report={view.context} />
            </>
          )}
        </div>
      )}
      <h4>{words.preview}</h4>
      <div className="field-pair">
        <SelectField
          label={words.backend}
          value={query.backend}
          testId="preview-backend"
          onChange={(name) => setAsked({ ...asked, backend: name })}
        >
          {backends?.map(({ name, capabilities }) => (
            <option key={name} value={name}>
              {capabilities.title}
            </option>
          ))}
        </SelectField>
        <BudgetField
          label={words.budget}
          open={words.byDefault}
          value={query.budget}
          testId="preview-budget"
          onChange={(budget) => setAsked({ ...asked, budget })}
        />
      </div>
      <StrategyField
        label={words.strategy}
        open={words.byDefault}
        value={query.strategy}
        testId="preview-strategy"
        onChange={(strategy) => setAsked({ ...asked, strategy })}
      />
      {failed && <LoadFailure onRetry={reload} />}
      {preview && (
        <div data-testid="preview">
          <ToldBar report={preview.report} />
          <ToldWords preview={preview} turns={view.turns} />
        </div>
      )}
    </section>
  )
}

/** There was nothing to tell. */
function isEmpty({ items, summarized, left_out: leftOut, pinned, facts }: ContextReport): boolean {
  return items + summarized + leftOut + pinned + facts === 0
}

function ToldWords(props: {
  readonly preview: ContextPreview
  readonly turns: readonly Turn[]
}): JSX.Element {
  const { preview, turns } = props
  const { text } = usePreferences()
  const { told: words } = useMemoryText()
  const { summary, items, instructions, report } = preview
  const told = new Set(items.map(({ id }) => id))
  // Where turns are told in the instructions, they carry no ids.
  const isKnown = report.items === 0 || items.some(({ id }) => turns.some(({ itemId }) => itemId === id))
  const unsaid = isKnown ? turns.filter(({ itemId, role }) => role !== 'notice' && !told.has(itemId)) : []
  return (
    <>
      {summary && (
        <details className="fold" data-testid="summary">
          <summary>{words.summaryBy(summary.by === 'extractive' ? words.extractive : summary.by)}</summary>
          <p className="told-words">{summary.text}</p>
        </details>
      )}
      {(items.length > 0 || instructions !== undefined) && (
        <details className="fold" data-testid="told-words">
          <summary>{words.words}</summary>
          {instructions !== undefined && <p className="told-words">{instructions}</p>}
          <ol className="told-items">
            {items.map((item, place) => (
              <li key={item.id ?? place}>
                <b>{text.transcript.roles[roleOfItem(item) ?? 'notice']}</b> {itemText(item)}
              </li>
            ))}
          </ol>
        </details>
      )}
      {report.summarized + report.left_out > 0 && unsaid.length > 0 && (
        <details className="fold" data-testid="told-unsaid">
          <summary>{words.unsaid(unsaid.length)}</summary>
          <ol className="told-items">
            {unsaid.map((turn) => (
              <li key={turn.itemId}>
                <b>{text.transcript.roles[turn.role]}</b> {turn.text}
              </li>
            ))}
          </ol>
        </details>
      )}
    </>
  )
}
