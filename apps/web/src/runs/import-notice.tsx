'use client'

import { comparisonFormat } from '@parley/compare'
import type { JSX } from 'react'
import { Icon } from '../components/icons.tsx'
import type { RunsTexts } from '../i18n/en-runs.ts'
import { useRunsText } from '../i18n/runs-messages.ts'
import type { ImportOutcome, ImportProblem } from './import-runs.ts'

/** What came of an import: what is here now, and what is wrong with the rest. */
export function ImportNotice(props: {
  readonly outcome: ImportOutcome
  readonly onDismiss: () => void
}): JSX.Element {
  const { imported, replaced, failures } = props.outcome
  const { import: text, problems } = useRunsText()
  return (
    <div className="import-notice" data-bad={failures.length > 0} data-testid="import-outcome">
      <div role={failures.length > 0 ? 'alert' : 'status'}>
        {imported > 0 && (
          <p>
            {text.done(imported)} {replaced > 0 && text.replaced(replaced)}
          </p>
        )}
        {failures.map(({ name, line, problem }) => (
          <p key={`${name} ${line}`} data-testid="import-failure">
            <b>{text.failed(name)}</b> {line !== undefined && `${text.line(String(line))} `}
            {problem.kind === 'storage' ? problems[problem.problem] : tell(problem, text.problems)}
          </p>
        ))}
      </div>
      <button
        type="button"
        className="quiet-button square"
        aria-label={text.dismiss}
        title={text.dismiss}
        onClick={props.onDismiss}
      >
        <Icon name="close" size={18} />
      </button>
    </div>
  )
}

function tell(
  problem: Exclude<ImportProblem, { readonly kind: 'storage' }>,
  text: RunsTexts['import']['problems'],
): string {
  switch (problem.kind) {
    case 'json':
      return text.json
    case 'format':
      return text.format(comparisonFormat)
    case 'field':
      return text.field(problem.field, problem.message)
    case 'empty':
      return text.empty
    case 'unreadable':
      return text.unreadable
  }
}
