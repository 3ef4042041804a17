'use client'

import { useEffect, type JSX, type ReactNode } from 'react'
import { usePreferences } from '../i18n/page-preferences.tsx'
import { GoneBanner } from './gone-banner.tsx'
import { Header } from './header.tsx'
import type { Shortcut } from './shortcut.ts'
import type { ViewName } from './views.ts'

/** Around every view: the way to skip the header, the header, and whether the gateway is gone. */
export function Shell(props: {
  /** Absent where the address leads to none. */
  readonly view?: ViewName
  /** Shown as the window's title; the view's own name without it. */
  readonly title?: string
  /** State of the view, beside the name in the header. */
  readonly status?: ReactNode
  /** Keys of this view, for the list behind `?`. */
  readonly shortcuts?: readonly Shortcut[]
  /** When they work, below their list. */
  readonly shortcutsNote?: string
  /** True while the view itself says that the gateway is gone. */
  readonly saysGone?: boolean
  /** Where the skip link leads: the id of the main part. */
  readonly main: string
  readonly skipText?: string
  readonly children: ReactNode
}): JSX.Element {
  const { view, shortcuts = [], saysGone = false } = props
  const { text } = usePreferences()
  const title = props.title ?? (view === undefined ? text.title : text.shell.titles[view])
  useEffect(() => {
    document.title = title
  }, [title])
  return (
    <div className="shell">
      <a className="skip" href={`#${props.main}`}>
        {props.skipText ?? text.shell.skipToContent}
      </a>
      <Header view={view} status={props.status} shortcuts={shortcuts} note={props.shortcutsNote} />
      {!saysGone && <GoneBanner />}
      {props.children}
    </div>
  )
}
