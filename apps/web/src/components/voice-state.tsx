'use client'

import type { JSX } from 'react'
import { docsAddress } from '../docs-address.ts'
import { usePreferences } from '../i18n/page-preferences.tsx'
import type { FoundVoices } from './use-voices.ts'

/** How many voices were found, or why there are none yet. */
export function VoiceState(props: { readonly found: FoundVoices; readonly backend: string }): JSX.Element {
  const { text, format, language } = usePreferences()
  const { state, total, progress, help, retry } = props.found
  switch (state) {
    case 'searching':
    case 'ready':
      return (
        <p className="picker-state" role="status" data-testid="voice-state" data-state={state}>
          {state === 'searching'
            ? text.voices.searching
            : total === 0
              ? text.voices.none
              : text.voices.found(format.integer(total))}
        </p>
      )
    case 'loading':
      return (
        <div className="picker-state" role="status" data-testid="voice-state" data-state={state}>
          <p>
            {text.voices.loading}
            {progress && ` · ${text.voices.received(format.megabytes(progress.received))}`}
          </p>
          <progress
            aria-label={text.voices.loading}
            {...(progress?.total ? { value: progress.received, max: progress.total } : {})}
          />
        </div>
      )
    case 'needs_key':
      return (
        <div className="picker-state notice" role="status" data-testid="voice-state" data-state={state}>
          <p>{text.voices.needsKey}</p>
          {help !== null && <p className="field-hint">{help}</p>}
          <a href={docsAddress(language, 'guides/voices', props.backend)} target="_blank" rel="noreferrer">
            {text.backends.guide(text.voices.title)}
          </a>
        </div>
      )
    case 'failed':
      return (
        <div className="picker-state notice" role="alert" data-testid="voice-state" data-state={state}>
          <p>{text.voices.failed}</p>
          {help !== null && <p className="field-hint">{help}</p>}
          <button type="button" className="link-button" onClick={retry}>
            {text.voices.retry}
          </button>
        </div>
      )
  }
}
