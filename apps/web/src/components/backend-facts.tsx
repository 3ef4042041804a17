'use client'

import type { Capabilities, TokenPrices } from '@parley/core'
import type { JSX, ReactNode } from 'react'
import { usePreferences } from '../i18n/page-preferences.tsx'
import { abilitiesOf, abilityNames, type AbilityState } from '../session/abilities.ts'

const marks: Readonly<Record<AbilityState, string>> = { native: '✓', supplied: '+', none: '–' }

/** What a backend can and cannot do, what it costs, and on request how we know. */
export function BackendFacts({ capabilities }: { readonly capabilities: Capabilities }): JSX.Element {
  const { text, format } = usePreferences()
  const words = text.backends
  const abilities = abilitiesOf(capabilities)
  return (
    <details className="fold" data-testid="backend-facts">
      <summary>{words.about(capabilities.title)}</summary>
      <ul className="abilities">
        {abilityNames.map((name) => (
          <li key={name} data-state={abilities[name]} data-ability={name}>
            <span className="ability-mark" aria-hidden="true" title={words.states[abilities[name]]}>
              {marks[abilities[name]]}
            </span>
            <span>{words.abilities[name]}</span>
            <span className="visually-hidden">: {words.states[abilities[name]]}</span>
          </li>
        ))}
      </ul>
      <p className="abilities-key" aria-hidden="true">
        {(['native', 'supplied', 'none'] as const).map((state) => (
          <span key={state} data-state={state}>
            <span className="ability-mark">{marks[state]}</span> {words.states[state]}
          </span>
        ))}
      </p>
      <dl className="facts">
        <Fact name={words.facts.price}>
          <Price price={capabilities.price} />
        </Fact>
        <Fact name={words.facts.session}>
          <Limit minutes={capabilities.sessionLimitMinutes} />
        </Fact>
        <Fact name={words.facts.context}>
          {capabilities.contextWindowTokens === undefined
            ? words.byModel
            : words.tokens(format.integer(capabilities.contextWindowTokens))}
        </Fact>
        <Fact name={words.facts.place}>{capabilities.local ? words.here : words.elsewhere}</Fact>
      </dl>
      <Evidence capabilities={capabilities} />
    </details>
  )
}

function Fact(props: { readonly name: string; readonly children: ReactNode }): JSX.Element {
  return (
    <div>
      <dt>{props.name}</dt>
      <dd>{props.children}</dd>
    </div>
  )
}

function Limit({ minutes }: { readonly minutes: Capabilities['sessionLimitMinutes'] }): JSX.Element {
  const { text, format } = usePreferences()
  const words = text.backends
  if (minutes === undefined) return <>{words.noLimit}</>
  return <>{minutes === 'unknown' ? words.limitUnknown : words.minutes(format.integer(minutes))}</>
}

function Price({ price }: Pick<Capabilities, 'price'>): JSX.Element {
  const words = usePreferences().text.backends.prices
  switch (price.kind) {
    case 'free':
      return <>{words.free}</>
    case 'unknown':
      return <>{words.unknown}</>
    case 'tokens':
      return (
        <>
          <span>{words.perMillion}</span>
          {Object.entries(price.byModel).map(([model, prices]) => (
            <ModelPrice key={model} model={model} prices={prices} />
          ))}
        </>
      )
  }
}

function ModelPrice(props: { readonly model: string; readonly prices: TokenPrices }): JSX.Element {
  const { text, format } = usePreferences()
  const words = text.backends.prices
  const { model, prices } = props
  const kinds = ['audioIn', 'audioOut', 'textIn', 'textOut'] as const
  const told = kinds.flatMap((kind) => {
    const price = prices[kind]
    return price === undefined ? [] : [words.row(words.kinds[kind], format.price(price))]
  })
  return (
    <span className="price-row">
      <b>{model === '*' ? words.anyModel : model}</b> {told.join(' · ')}
    </span>
  )
}

function Evidence({ capabilities }: { readonly capabilities: Capabilities }): JSX.Element {
  const { text, format } = usePreferences()
  const words = text.backends
  const { evidence } = capabilities
  return (
    <details className="evidence" data-testid="evidence">
      <summary>{words.evidence}</summary>
      {evidence.length === 0 && <p>{words.ownEvidence}</p>}
      <ul>
        {evidence.map(({ source, date, confidence, fields }) => (
          <li key={`${source} ${fields.join(' ')}`}>
            {source.startsWith('https://') ? (
              <a href={source} target="_blank" rel="noreferrer">
                {source.slice('https://'.length)}
              </a>
            ) : (
              <span>{source}</span>
            )}
            <span>
              {' '}
              {format.day(date)}, {words.confidence[confidence]}
            </span>
            <code>{fields.join(', ')}</code>
          </li>
        ))}
      </ul>
    </details>
  )
}
