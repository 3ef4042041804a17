import type { Share } from '@parley/compare'
import type { JSX } from 'react'

/** A share from 0 to 100 % as a dot on its interval; decorative, the figures stand beside it. */
export function ShareBar(props: { readonly share: Share; readonly middle?: boolean }): JSX.Element {
  const { value, low, high } = props.share
  const percent = (share: number): string => `${100 * share}%`
  return (
    <svg className="share-bar" aria-hidden="true">
      <line className="share-axis" x1="0" x2="100%" y1="50%" y2="50%" />
      {props.middle === true && <line className="share-middle" x1="50%" x2="50%" y1="0" y2="100%" />}
      <line className="share-interval" x1={percent(low)} x2={percent(high)} y1="50%" y2="50%" />
      <circle className="share-value" cx={percent(value)} cy="50%" r="5.5" />
    </svg>
  )
}
