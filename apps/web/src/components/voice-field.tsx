'use client'

import { lazy, Suspense, useRef, useState, type JSX } from 'react'
import { usePreferences } from '../i18n/page-preferences.tsx'
import { usePlayground } from './playground-context.tsx'

/** Comes with its list and dialog when it is opened for the first time. */
const VoicePicker = lazy(async () => ({ default: (await import('./voice-picker.tsx')).VoicePicker }))

/** The voice that speaks; pressing it opens the picker. */
export function VoiceField(): JSX.Element {
  const { text } = usePreferences()
  const { inForce, backend } = usePlayground()
  const [isOpen, setIsOpen] = useState(false)
  const trigger = useRef<HTMLButtonElement>(null)
  const known = backend?.capabilities.voices.find(({ name }) => name === inForce.voice)
  const shown = inForce.voice === '' ? text.voices.automatic : (known?.title ?? inForce.voice)
  const load = (): void => void import('./voice-picker.tsx')
  return (
    <div className="field">
      <span className="field-label">{text.setup.voice}</span>
      <button
        type="button"
        className="select-button"
        ref={trigger}
        disabled={backend === undefined}
        aria-label={text.voices.choose(shown)}
        aria-haspopup="dialog"
        data-testid="voice"
        data-voice={inForce.voice}
        onPointerEnter={load}
        onFocus={load}
        onClick={() => setIsOpen(true)}
      >
        <span>{shown}</span>
      </button>
      {isOpen && backend && (
        <Suspense>
          <VoicePicker backend={backend} trigger={trigger} onClose={() => setIsOpen(false)} />
        </Suspense>
      )}
    </div>
  )
}
