'use client'

import { useId, type JSX, type ReactNode } from 'react'

/** A select with its label; the system's own, so that it works the same for keyboard, reader and thumb. */
export function SelectField(props: {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly children: ReactNode
  readonly testId?: string
  readonly hint?: string | undefined
  readonly disabled?: boolean
}): JSX.Element {
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{props.label}</label>
      <select
        id={id}
        value={props.value}
        disabled={props.disabled}
        data-testid={props.testId}
        aria-describedby={props.hint === undefined ? undefined : `${id}-hint`}
        onChange={({ target }) => props.onChange(target.value)}
      >
        {props.children}
      </select>
      {props.hint !== undefined && (
        <p className="field-hint" id={`${id}-hint`}>
          {props.hint}
        </p>
      )}
    </div>
  )
}
