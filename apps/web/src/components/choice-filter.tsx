'use client'

import type { JSX } from 'react'
import { SelectField } from './field.tsx'

/** One of a few choices, or any of them (empty). */
export function ChoiceFilter<Choice extends string>(props: {
  readonly label: string
  readonly value: Choice | ''
  readonly choices: readonly Choice[]
  readonly names: Readonly<Record<Choice, string>>
  /** What to call having chosen none. */
  readonly any: string
  readonly testId: string
  readonly onChange: (choice: Choice | '') => void
}): JSX.Element {
  const { label, value, choices, names, any, testId, onChange } = props
  return (
    <SelectField
      label={label}
      value={value}
      testId={testId}
      onChange={(chosen) => onChange(choices.find((choice) => choice === chosen) ?? '')}
    >
      <option value="">{any}</option>
      {choices.map((choice) => (
        <option key={choice} value={choice}>
          {names[choice]}
        </option>
      ))}
    </SelectField>
  )
}
