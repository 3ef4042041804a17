import type { Scenario } from '@parley/compare'
import type { RunsTexts } from '../i18n/en-runs.ts'

/**
 * An expectation in the language of the page, from the step of the scenario it belongs to; `kept` is how the run says
 * it, for a run without its scenario. Word boundaries of patterns are left out.
 */
export function expectationWords(
  result: { readonly step: number; readonly expected: string },
  scenario: Pick<Scenario, 'steps'> | undefined,
  text: RunsTexts['expectations'],
): string {
  const step = scenario?.steps[result.step]
  if (step === undefined || !('expect' in step)) return plain(result.expected)
  const { words = [], heard = [], tool, no_answer, within, ...rest } = step.expect
  const list = (patterns: readonly string[]): string => patterns.map((one) => `"${plain(one)}"`).join(', ')
  const parts = [
    ...(words.length > 0 ? [text.says(list(words))] : []),
    ...(heard.length > 0 ? [text.hears(list(heard))] : []),
    ...(tool === undefined
      ? []
      : [text.calls(rest.arguments ? `${tool} ${JSON.stringify(rest.arguments)}` : tool)]),
    ...(no_answer === true ? [text.silent] : []),
  ]
  return text.within(
    parts.join(', '),
    within % 1000 === 0 ? `${within / 1000} s` : `${Math.round(within)} ms`,
  )
}

function plain(pattern: string): string {
  return pattern.replaceAll(String.raw`\b`, '')
}
