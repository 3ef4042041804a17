'use client'

import type { JSX } from 'react'
import { usePreferences } from '../i18n/page-preferences.tsx'
import type { Settings } from '../session/settings.ts'
import { usePlayground } from './playground-context.tsx'
import { Segmented } from './segmented.tsx'

/** A conversation, or live translation. */
export function PurposeField(): JSX.Element {
  const { text } = usePreferences()
  const { settings, changeSettings } = usePlayground()
  return (
    <div className="field">
      <span className="field-label">{text.translation.purpose}</span>
      <Segmented<Settings['purpose']>
        testId="purpose"
        label={text.translation.purpose}
        value={settings.purpose}
        onChange={(purpose) => changeSettings({ purpose })}
        segments={[
          { value: 'conversation', content: text.translation.conversation },
          { value: 'translation', content: text.translation.translation },
        ]}
      />
    </div>
  )
}
