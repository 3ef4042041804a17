'use client'

import type { JSX } from 'react'
import { usePlayground } from '../components/playground-context.tsx'
import { useMemoryText } from '../i18n/memory-messages.ts'
import { IconButton } from './icon-button.tsx'

/** The backends that go on where the chosen one fails, in their order. */
export function FailoverField(): JSX.Element {
  const { inForce, changeSettings, backends, backend, backendTitle: titleOf } = usePlayground()
  const { setup: words } = useMemoryText()
  const { failover } = inForce
  const free = (backends ?? []).filter(
    ({ name }) => name !== backend?.name && name !== 'replay' && !failover.includes(name),
  )
  if (failover.length === 0 && free.length === 0) {
    return (
      <div className="field" data-testid="failover-alone">
        <span className="field-label">{words.failover}</span>
        <p className="field-hint">{words.failoverAlone}</p>
      </div>
    )
  }
  const change = (next: readonly string[]): void => changeSettings({ failover: next })
  return (
    <fieldset className="field failover" data-testid="failover">
      <legend className="field-label">{words.failover}</legend>
      {failover.length > 0 && (
        <ol className="failover-list">
          {failover.map((name, place) => (
            <li key={name} data-testid="failover-backend" data-name={name}>
              <span className="failover-place" aria-hidden="true">
                {place + 1}
              </span>
              <span className="failover-name">{titleOf(name)}</span>
              {place > 0 && (
                <IconButton
                  icon="up"
                  label={words.up(titleOf(name))}
                  testId="failover-up"
                  onClick={() => change(raised(failover, place))}
                />
              )}
              <IconButton
                icon="close"
                label={words.remove(titleOf(name))}
                testId="failover-remove"
                onClick={() => change(failover.filter((each) => each !== name))}
              />
            </li>
          ))}
        </ol>
      )}
      {free.length > 0 && (
        <select
          value=""
          aria-label={words.failoverAdd}
          data-testid="failover-add"
          onChange={({ target }) => change([...failover, target.value])}
        >
          <option value="">{failover.length === 0 ? words.failoverNone : words.failoverAdd}</option>
          {free.map(({ name, capabilities }) => (
            <option key={name} value={name}>
              {capabilities.title}
            </option>
          ))}
        </select>
      )}
      <p className="field-hint">{words.failoverHint}</p>
    </fieldset>
  )
}

/** The names with the one at `place` before the one it followed. */
function raised(names: readonly string[], place: number): readonly string[] {
  const name = names[place]
  return name === undefined ? names : names.toSpliced(place, 1).toSpliced(place - 1, 0, name)
}
