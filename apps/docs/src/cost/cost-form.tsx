'use client'

import { useId, useState, type ReactNode } from 'react'
import type { ReferencePrices } from '../reference/reference.ts'
import type { Language } from '../site/language.ts'
import { callCost, changedCall, isFull, typicalCall, type Call } from './call-cost.ts'
import { costWords } from './cost-words.ts'
import type { KnownRates } from './token-rates.ts'

const fields: readonly {
  readonly key: keyof Call
  readonly min: number
  readonly max: number
  readonly step: number
  /** What one step of the field is in the call: shares are shown in percent. */
  readonly scale: number
}[] = [
  { key: 'minutes', min: 1, max: 60, step: 1, scale: 1 },
  { key: 'personShare', min: 0, max: 100, step: 5, scale: 100 },
  { key: 'backendShare', min: 0, max: 100, step: 5, scale: 100 },
  { key: 'turns', min: 1, max: 200, step: 1, scale: 1 },
  { key: 'cachedShare', min: 0, max: 100, step: 5, scale: 100 },
]

/** What a call costs on one backend, for the call that is described in its fields. */
export function CostForm(props: {
  readonly language: Language
  /** By model or tier. */
  readonly prices: Readonly<Record<string, ReferencePrices>>
  readonly rates: KnownRates
}): ReactNode {
  const { language, prices, rates } = props
  const words = costWords[language]
  const models = Object.keys(prices)
  const id = useId()
  const [model, setModel] = useState(models[0] ?? '')
  const [call, setCall] = useState(typicalCall)
  const hasCachedPrice = prices[model]?.audioCachedIn !== undefined
  const shown = hasCachedPrice ? call : { ...call, cachedShare: 0 }
  const counted = rates.repeats ? shown : { ...shown, turns: 1 }
  const { dollars, personTokens, backendTokens, repeatedTokens } = callCost(
    counted,
    rates,
    prices[model] ?? {},
  )
  const count = (tokens: number): string => Math.round(tokens).toLocaleString(language)
  return (
    <div className="cost">
      <form onSubmit={(event) => event.preventDefault()}>
        <label htmlFor={`${id}-model`}>{words.model}</label>
        <select id={`${id}-model`} value={model} onChange={(event) => setModel(event.target.value)}>
          {models.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
        {fields
          .filter(({ key }) => rates.repeats || (key !== 'turns' && key !== 'cachedShare'))
          .map(({ key, min, max, step, scale }) => (
            <FieldRow key={key} id={`${id}-${key}`} label={words.fields[key]}>
              <input
                id={`${id}-${key}`}
                type="range"
                min={min}
                max={max}
                step={step}
                disabled={key === 'cachedShare' && !hasCachedPrice}
                aria-describedby={key === 'cachedShare' && !hasCachedPrice ? `${id}-no-cached` : undefined}
                value={Math.round(shown[key] * scale)}
                aria-valuetext={`${Math.round(shown[key] * scale)} ${words.units[key]}`}
                onChange={(event) => setCall(changedCall(call, key, event.target.valueAsNumber / scale))}
              />
              <output htmlFor={`${id}-${key}`}>
                {Math.round(shown[key] * scale)} {words.units[key]}
              </output>
            </FieldRow>
          ))}
        {rates.repeats && !hasCachedPrice && (
          <p className="cost-why" id={`${id}-no-cached`}>
            {words.noCachedPrice}
          </p>
        )}
        <p className="cost-why" role="status">
          {isFull(call) && words.full}
        </p>
      </form>
      <p className="cost-sum" role="status">
        {dollars === undefined ? words.unknown : words.sum(dollars)}
      </p>
      <p className="quiet">
        {words.formula(
          { person: count(personTokens), backend: count(backendTokens), repeated: count(repeatedTokens) },
          prices[model] ?? {},
          counted.cachedShare,
        )}
      </p>
    </div>
  )
}

function FieldRow(props: {
  readonly id: string
  readonly label: string
  readonly children: ReactNode
}): ReactNode {
  return (
    <>
      <label htmlFor={props.id}>{props.label}</label>
      <span className="cost-field">{props.children}</span>
    </>
  )
}
