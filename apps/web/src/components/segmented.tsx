'use client'

import { useId, type JSX, type ReactNode } from 'react'

/** One choice of a segmented control. */
export interface Segment<T extends string> {
  readonly value: T
  /** What is shown; a text of its own when `label` is not. */
  readonly content: ReactNode
  readonly label?: string
}

/** A few choices side by side: radio buttons, so that arrow keys move between them. */
export function Segmented<T extends string>(props: {
  readonly label: string
  readonly value: T
  readonly segments: readonly Segment<T>[]
  readonly onChange: (value: T) => void
  readonly testId?: string
}): JSX.Element {
  const name = useId()
  return (
    <fieldset className="segmented" aria-label={props.label} data-testid={props.testId}>
      {props.segments.map(({ value, content, label }) => (
        <label key={value} className="segment" title={label}>
          <input
            type="radio"
            name={name}
            value={value}
            checked={value === props.value}
            aria-label={label}
            onChange={() => props.onChange(value)}
          />
          <span>{content}</span>
        </label>
      ))}
    </fieldset>
  )
}
