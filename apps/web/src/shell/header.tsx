'use client'

import Link from 'next/link'
import { useId, type JSX, type ReactNode } from 'react'
import { Icon, Mark } from '../components/icons.tsx'
import { Segmented } from '../components/segmented.tsx'
import { pageLanguages } from '../i18n/messages.ts'
import { docsAddress } from '../docs-address.ts'
import { usePreferences } from '../i18n/page-preferences.tsx'
import { KeyMapButton } from './key-map-button.tsx'
import type { Shortcut } from './shortcut.ts'
import { viewNames, views, type ViewName } from './views.ts'

/** Name, navigation, state of the view, language and appearance. */
export function Header(props: {
  /** The view that is open; `undefined` for none of them. */
  readonly view: ViewName | undefined
  readonly status: ReactNode
  readonly shortcuts: readonly Shortcut[]
  /** When the shortcuts work. */
  readonly note: string | undefined
}): JSX.Element {
  const { text, language } = usePreferences()
  const { shell } = text
  const switches = useId()
  return (
    <header className="header">
      <Link className="header-name" href="/" prefetch={false} aria-label={text.title}>
        <Mark />
        <span className="header-word">{text.title}</span>
      </Link>
      <nav className="header-views" aria-label={shell.navigation}>
        {viewNames.map((name) => (
          <Link
            key={name}
            className="header-view"
            href={views[name]}
            // A view costs its own JavaScript only when it is opened.
            prefetch={false}
            aria-current={name === props.view ? 'page' : undefined}
            data-testid={`go-${name}`}
          >
            {shell.views[name]}
          </Link>
        ))}
        <a className="header-view" href={docsAddress(language, '')} data-testid="go-docs">
          {shell.views.docs}
        </a>
      </nav>
      {props.status}
      <button
        type="button"
        className="quiet-button square header-more"
        popoverTarget={switches}
        aria-label={shell.more}
        title={shell.more}
        data-testid="header-more"
      >
        <Icon name="more" size={20} />
      </button>
      <div className="header-switches" id={switches} popover="auto">
        <KeyMapButton shortcuts={props.shortcuts} note={props.note} />
        <Switches />
      </div>
    </header>
  )
}

function Switches(): JSX.Element {
  const { language, theme, text, setLanguage, setTheme } = usePreferences()
  return (
    <>
      <Segmented
        testId="language-switch"
        label={text.languageSwitch}
        value={language}
        onChange={setLanguage}
        segments={pageLanguages.map((value) => ({
          value,
          content: value.toUpperCase(),
          label: languageNames[value],
        }))}
      />
      <Segmented
        testId="theme-switch"
        label={text.theme.label}
        value={theme}
        onChange={setTheme}
        segments={[
          { value: 'system', content: <Icon name="system" size={16} />, label: text.theme.system },
          { value: 'light', content: <Icon name="sun" size={16} />, label: text.theme.light },
          { value: 'dark', content: <Icon name="moon" size={16} />, label: text.theme.dark },
        ]}
      />
    </>
  )
}

/** Each language by its own name, so that its speakers find it. */
const languageNames = { en: 'English', de: 'Deutsch' } as const
