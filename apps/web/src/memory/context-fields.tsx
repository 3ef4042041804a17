'use client'

import type { JSX } from 'react'
import { SelectField } from '../components/field.tsx'
import { useMemoryText } from '../i18n/memory-messages.ts'
import { usePreferences } from '../i18n/page-preferences.tsx'
import { contextBudgets, contextStrategies, type Settings } from '../session/settings.ts'

interface ContextFieldProps<T> {
  readonly label: string
  readonly value: T
  /** What leaving it open is called. */
  readonly open: string
  readonly testId: string
  /** Says what the choice means. */
  readonly explains?: boolean
  readonly onChange: (value: T) => void
}

/** How a backend that begins anew is told; empty leaves it open. */
export function StrategyField(props: ContextFieldProps<Settings['contextStrategy']>): JSX.Element {
  const { label, value, open, testId, explains, onChange } = props
  const { told } = useMemoryText()
  return (
    <SelectField
      label={label}
      value={value}
      testId={testId}
      // Left open, the gateway tells a summary.
      hint={explains ? told.strategyHints[value || 'summary'] : undefined}
      onChange={(chosen) => onChange(contextStrategies.find((each) => each === chosen) ?? '')}
    >
      <option value="">{open}</option>
      {contextStrategies.map((strategy) => (
        <option key={strategy} value={strategy}>
          {told.strategies[strategy]}
        </option>
      ))}
    </SelectField>
  )
}

/** How many tokens it may be told; 0 leaves it open. */
export function BudgetField(props: ContextFieldProps<number>): JSX.Element {
  const { label, value, open, testId, onChange } = props
  const { format } = usePreferences()
  const { told } = useMemoryText()
  return (
    <SelectField
      label={label}
      value={String(value)}
      testId={testId}
      onChange={(chosen) => onChange(Number(chosen))}
    >
      <option value="0">{open}</option>
      {contextBudgets.map((budget) => (
        <option key={budget} value={String(budget)}>
          {told.tokens(format.integer(budget))}
        </option>
      ))}
    </SelectField>
  )
}
