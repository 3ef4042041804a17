'use client'

import type { JSX } from 'react'
import { useMemoryText } from '../i18n/memory-messages.ts'

/** Says that something could not be loaded, with the means to try again. */
export function LoadFailure({ onRetry }: { readonly onRetry: () => void }): JSX.Element {
  const { failed, retry } = useMemoryText()
  return (
    <p className="field-hint" role="alert">
      {failed}{' '}
      <button type="button" className="link-button" onClick={onRetry}>
        {retry}
      </button>
    </p>
  )
}
