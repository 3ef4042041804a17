import type { JSX } from 'react'
import { Icon } from '../../components/icons.tsx'

/** A step in, a step out, or all of a time line. */
export function ZoomButton(props: {
  readonly icon: 'minus' | 'plus' | 'fit'
  readonly label: string
  readonly onClick: () => void
}): JSX.Element {
  return (
    <button
      type="button"
      className="quiet-button square"
      aria-label={props.label}
      title={props.label}
      data-testid={`zoom-${props.icon}`}
      onClick={props.onClick}
    >
      <Icon name={props.icon} size={18} />
    </button>
  )
}
