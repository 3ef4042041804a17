'use client'

import { useEffect, useId, useRef, useState, type JSX } from 'react'
import { usePlayground } from '../components/playground-context.tsx'
import { useMemoryText } from '../i18n/memory-messages.ts'
import { BudgetField, StrategyField } from './context-fields.tsx'
import { FailoverField } from './failover-field.tsx'

/** Who goes on when the backend fails, what is told to one that begins anew, and what is kept. */
export function MemorySettings(): JSX.Element {
  const { settings, changeSettings, people } = usePlayground()
  const { setup: words } = useMemoryText()
  const id = useId()
  const { contextStrategy } = settings
  return (
    <div className="memory-settings">
      <FailoverField />
      <StrategyField
        label={words.strategy}
        open={words.byGateway}
        value={contextStrategy}
        testId="context-strategy"
        explains
        onChange={(value) => changeSettings({ contextStrategy: value })}
      />
      {contextStrategy !== 'full' && (
        <BudgetField
          label={words.budget}
          open={words.budgetByGateway}
          value={settings.contextTokens}
          testId="context-tokens"
          onChange={(contextTokens) => changeSettings({ contextTokens })}
        />
      )}
      <div className="field">
        <label className="check wrapping">
          <input
            type="checkbox"
            checked={settings.keepAudio}
            data-testid="keep-audio"
            aria-describedby={`${id}-audio`}
            onChange={({ target }) => changeSettings({ keepAudio: target.checked })}
          />
          {words.keepAudio}
        </label>
        <p className="field-hint" id={`${id}-audio`}>
          {words.keepAudioHint}
        </p>
      </div>
      {people && <PersonField />}
    </div>
  )
}

/** The name takes effect when the field is left or Enter is pressed, not with every letter. */
function PersonField(): JSX.Element {
  const { settings, changeSettings, nameAskings } = usePlayground()
  const { setup: words } = useMemoryText()
  const id = useId()
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (nameAskings > 0) field.current?.focus()
  }, [nameAskings])
  const [draft, setDraft] = useState(settings.person)
  useEffect(() => setDraft(settings.person), [settings.person])
  const take = (): void => changeSettings({ person: draft.trim() })
  return (
    <div className="field">
      <label htmlFor={id}>{words.person}</label>
      <input
        id={id}
        className="text-input"
        value={draft}
        maxLength={64}
        autoComplete="off"
        placeholder={words.personPlaceholder}
        aria-describedby={`${id}-hint`}
        data-testid="person"
        ref={field}
        onChange={({ target }) => setDraft(target.value)}
        onKeyDown={({ key }) => key === 'Enter' && take()}
        onBlur={take}
      />
      <p className="field-hint" id={`${id}-hint`}>
        {words.personHint}
      </p>
    </div>
  )
}
