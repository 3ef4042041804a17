'use client'

import { lazy, Suspense, useEffect, useRef, useState, type JSX } from 'react'
import { Icon } from '../components/icons.tsx'
import { usePreferences } from '../i18n/page-preferences.tsx'
import { takesKeys, type Shortcut } from './shortcut.ts'
import { loadSingleKeys, singleKeys } from './single-keys.ts'

/** Comes when it is opened for the first time. */
const KeyMap = lazy(async () => ({ default: (await import('./key-map.tsx')).KeyMap }))

/** Opens the list of keys, by click or `?`. */
export function KeyMapButton(props: {
  readonly shortcuts: readonly Shortcut[]
  readonly note: string | undefined
}): JSX.Element {
  const { text } = usePreferences()
  const [isOpen, setIsOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    loadSingleKeys()
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key !== '?' || event.ctrlKey || event.metaKey || event.altKey) return
      if (!singleKeys.get() || takesKeys(event.target)) return
      event.preventDefault()
      setIsOpen(true)
    }
    addEventListener('keydown', onKeyDown)
    return () => removeEventListener('keydown', onKeyDown)
  }, [])
  return (
    <>
      <button
        type="button"
        ref={button}
        className="quiet-button square header-keys"
        aria-label={text.shell.keys.open}
        aria-haspopup="dialog"
        title={`${text.shell.keys.open} (?)`}
        data-testid="keys"
        onClick={() => setIsOpen(true)}
      >
        <Icon name="keyboard" size={20} />
      </button>
      {isOpen && (
        <Suspense>
          <KeyMap
            shortcuts={props.shortcuts}
            note={props.note}
            trigger={button}
            onClose={() => setIsOpen(false)}
          />
        </Suspense>
      )}
    </>
  )
}
