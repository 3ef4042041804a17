'use client'

import type { Scenario, Step } from '@parley/compare'
import type { JSX } from 'react'
import { useCompareText } from '../../i18n/compare-messages.ts'
import type { CompareTexts } from '../../i18n/en-compare.ts'
import { usePreferences } from '../../i18n/page-preferences.tsx'

/** What happens in a scenario, step by step. */
export function ScenarioSteps(props: { readonly scenario: Scenario }): JSX.Element {
  const describe = useStepText()
  return (
    <ol className="steps">
      {props.scenario.steps.map((step, place) => {
        const { name, what } = describe(step)
        return (
          // oxlint-disable-next-line react/no-array-index-key -- steps have no name but their place
          <li key={place}>
            <span>{name}</span> {what}
          </li>
        )
      })}
    </ol>
  )
}

/** What a step does, as a verb and its object. */
export function useStepText(): (step: Step) => { readonly name: string; readonly what: string } {
  const { scenario: text } = useCompareText()
  const { format } = usePreferences()
  return (step) => stepText(step, text, (ms) => format.decimal(ms / 1000))
}

function stepText(
  step: Step,
  text: CompareTexts['scenario'],
  seconds: (ms: number) => string,
): { readonly name: string; readonly what: string } {
  const { stepNames } = text
  const quoted = (words: string): string => `“${words}”`
  if ('say' in step) return { name: stepNames.say, what: quoted(step.say) }
  if ('type' in step) return { name: stepNames.type, what: quoted(step.type) }
  if ('interrupt' in step) return { name: stepNames.interrupt, what: quoted(step.interrupt) }
  if ('backchannel' in step) return { name: stepNames.backchannel, what: quoted(step.backchannel) }
  if ('silence' in step) return { name: stepNames.silence, what: text.seconds(seconds(step.silence)) }
  if ('wait' in step) {
    const { wait } = step
    return {
      name: stepNames.wait,
      what: typeof wait === 'number' ? text.seconds(seconds(wait)) : text.waits[wait],
    }
  }
  const { words, heard, tool, no_answer: noAnswer, within } = step.expect
  const parts = [
    ...(words ?? []).map(quoted),
    ...(heard ? [text.heard(heard.join(', '))] : []),
    ...(tool === undefined ? [] : [text.tool(tool)]),
    ...(noAnswer === true ? [text.noAnswer] : []),
    text.within(seconds(within)),
  ]
  return { name: stepNames.expect, what: parts.join(', ') }
}
