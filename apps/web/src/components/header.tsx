'use client'

import type { JSX } from 'react'
import { pageLanguages } from '../i18n/messages.ts'
import { usePreferences } from '../i18n/page-preferences.tsx'
import { Icon, Mark } from './icons.tsx'
import { usePlayground } from './playground-context.tsx'
import { Segmented } from './segmented.tsx'
import { useStore } from './use-store.ts'

/** Name, connection, language and appearance. */
export function Header(): JSX.Element {
  const { language, theme, text, setLanguage, setTheme } = usePreferences()
  const { controller, backend } = usePlayground()
  const { connection } = useStore(controller.view)
  return (
    <header className="header">
      <h1 className="header-name">
        <Mark />
        {text.title}
      </h1>
      <p
        className="connection"
        role="status"
        aria-label={text.connection.label}
        data-testid="connection-state"
        data-state={connection}
      >
        <span className="connection-dot" aria-hidden="true" />
        <span className="connection-words">
          {text.connection[connection]}
          {connection === 'open' && backend && ` · ${backend.capabilities.title}`}
        </span>
      </p>
      <div className="header-switches">
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
      </div>
    </header>
  )
}

/** Each language by its own name, so that its speakers find it. */
const languageNames = { en: 'English', de: 'Deutsch' } as const
