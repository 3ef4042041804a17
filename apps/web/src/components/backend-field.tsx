'use client'

import type { JSX } from 'react'
import { docsAddress } from '../docs-address.ts'
import { usePreferences } from '../i18n/page-preferences.tsx'
import { withBackend } from '../session/settings.ts'
import { SelectField } from './field.tsx'
import { usePlayground } from './playground-context.tsx'

/** Which backend answers, which of its models, and what would turn the others on. */
export function BackendField(): JSX.Element {
  const { text } = usePreferences()
  const { settings, changeSettings, backends, unavailable, backend } = usePlayground()
  const models = backend?.capabilities.models ?? []
  return (
    <>
      <SelectField
        testId="backend"
        label={text.setup.backend}
        value={backend?.name ?? ''}
        disabled={backends === undefined}
        hint={backend && text.backends.description(backend.capabilities.description, backend.name)}
        onChange={(name) => changeSettings(withBackend(settings, backend?.name, name))}
      >
        {backends === undefined && <option value="">{text.setup.loading}</option>}
        {backends?.map(({ name, capabilities, default: isDefault }) => (
          <option key={name} value={name}>
            {capabilities.title}
            {isDefault && backends.length > 1 ? ` (${text.setup.defaultBackend})` : ''}
          </option>
        ))}
        {unavailable.length > 0 && (
          <optgroup label={text.backends.notSetUp}>
            {unavailable.map(({ name, title }) => (
              <option key={name} value={name} disabled>
                {title}
              </option>
            ))}
          </optgroup>
        )}
      </SelectField>
      {models.length > 1 && (
        <SelectField
          testId="model"
          label={text.backends.model}
          value={settings.model}
          onChange={(model) => changeSettings({ model })}
        >
          <option value="">{text.backends.defaultModel}</option>
          {models.map((model) => (
            <option key={model} value={model}>
              {model}
            </option>
          ))}
        </SelectField>
      )}
      {unavailable.length > 0 && <UnavailableBackends />}
    </>
  )
}

function UnavailableBackends(): JSX.Element {
  const { text, language } = usePreferences()
  const { unavailable } = usePlayground()
  return (
    <details className="fold" data-testid="unavailable">
      <summary>{text.backends.more(unavailable.length)}</summary>
      <ul className="unavailable">
        {unavailable.map(({ name, title, setting, help }) => (
          <li key={name} data-testid="unavailable-backend" data-name={name}>
            <p className="unavailable-title">{title}</p>
            <code>{setting}</code>
            <p className="field-hint">{help}</p>
            <a href={docsAddress(language, `backends/${name}`)} target="_blank" rel="noreferrer">
              {text.backends.guide(title)}
            </a>
          </li>
        ))}
      </ul>
    </details>
  )
}
