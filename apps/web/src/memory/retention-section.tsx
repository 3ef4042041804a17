'use client'

import { useState, type JSX } from 'react'
import { SelectField } from '../components/field.tsx'
import { reasonOf } from '../gateway-request.ts'
import { useMemoryText } from '../i18n/memory-messages.ts'
import { usePreferences } from '../i18n/page-preferences.tsx'
import type { MemoryClient } from './memory-client.ts'

const daySeconds = 86_400
const dayChoices = [30, 7, 1] as const

/** How long the conversation is kept after its last words, and whether there is sound of it. */
export function RetentionSection(props: {
  readonly memory: MemoryClient
  readonly conversationId: string
  /** `undefined` for ever. */
  readonly seconds: number | undefined
  readonly soundCount: number
  readonly onChanged: () => void
}): JSX.Element {
  const { memory, conversationId, seconds, soundCount, onChanged } = props
  const { format } = usePreferences()
  const { kept: words } = useMemoryText()
  const [failure, setFailure] = useState<string>()
  const days = seconds === undefined ? undefined : seconds / daySeconds
  const isOther = days !== undefined && !dayChoices.some((choice) => choice === days)
  const keep = (value: string): void => {
    setFailure(undefined)
    const next = value === '' ? null : Number(value)
    memory.setRetention(conversationId, next).then(onChanged, (error: unknown) => setFailure(reasonOf(error)))
  }
  return (
    <section aria-labelledby="kept-title" data-testid="kept-section">
      <h3 id="kept-title">{words.label}</h3>
      <SelectField
        label={words.retention}
        value={seconds === undefined ? '' : String(seconds)}
        testId="retention"
        onChange={keep}
      >
        <option value="">{words.forever}</option>
        {isOther && <option value={String(seconds)}>{words.other(format.decimal(days))}</option>}
        {dayChoices.map((choice) => (
          <option key={choice} value={String(choice * daySeconds)}>
            {words.days(choice)}
          </option>
        ))}
      </SelectField>
      {soundCount > 0 && <p className="field-hint">{words.sounds(soundCount)}</p>}
      {failure !== undefined && (
        <p className="fact-failure" role="alert">
          {failure}
        </p>
      )}
    </section>
  )
}
