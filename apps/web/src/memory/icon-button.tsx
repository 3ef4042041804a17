'use client'

import type { JSX, Ref } from 'react'
import { Icon } from '../components/icons.tsx'

/** A small button with a drawing and a name that a pointer and a reader get to know. */
export function IconButton(props: {
  readonly icon: Parameters<typeof Icon>[0]['name']
  readonly label: string
  readonly testId: string
  readonly onClick: () => void
  readonly ref?: Ref<HTMLButtonElement>
}): JSX.Element {
  const { icon, label, testId, onClick, ref } = props
  return (
    <button
      type="button"
      ref={ref}
      className="quiet-button square"
      aria-label={label}
      title={label}
      data-testid={testId}
      onClick={onClick}
    >
      <Icon name={icon} size={16} />
    </button>
  )
}
