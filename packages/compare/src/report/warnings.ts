import { warningText } from '../measures/warning-text.ts'
import { warningsOf, type ComparisonWarning } from '../measures/warnings.ts'
import type { Comparison } from '../run/comparison.ts'
import { html, type Html } from './html.ts'

/** What to know before one believes the numbers. */
export function warningsSection(comparison: Comparison, language: 'en' | 'de'): readonly Html[] {
  return warningsOf(comparison).map(
    (warning) =>
      html`<p class="${isGrave(warning) ? 'warning' : 'note'}">${warningText(warning, language)}</p>`,
  )
}

function isGrave(warning: ComparisonWarning): boolean {
  return warning.kind !== 'few' || warning.small === 'median'
}
