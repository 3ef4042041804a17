'use client'

import { useEffect, useRef } from 'react'
import { takesKeys, type Shortcut } from '../shell/shortcut.ts'
import { singleKeys } from '../shell/single-keys.ts'

/** A key that does something by itself. */
interface SingleKey {
  readonly key: string
  readonly does: string
  readonly act: () => void
}

/** Keys of a view that work wherever nothing is typed, unless the person has turned them off; gives their list. */
export function useSingleKeys(keys: readonly SingleKey[]): readonly Shortcut[] {
  const latest = useRef(keys)
  useEffect(() => {
    latest.current = keys
  })
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
      if (!singleKeys.get() || takesKeys(event.target)) return
      const key = latest.current.find((one) => one.key === event.key)
      if (!key) return
      event.preventDefault()
      key.act()
    }
    addEventListener('keydown', onKeyDown)
    return () => removeEventListener('keydown', onKeyDown)
  }, [])
  return keys.map(({ key, does }) => ({ keys: [key.length === 1 ? key.toUpperCase() : key], does }))
}
