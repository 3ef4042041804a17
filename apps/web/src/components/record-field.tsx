'use client'

import { useState, type JSX } from 'react'
import type { CassetteSummary } from '../gateway-client.ts'
import { reasonOf } from '../gateway-request.ts'
import { usePreferences } from '../i18n/page-preferences.tsx'
import { recordChoices, type Settings } from '../session/settings.ts'
import { Icon } from './icons.tsx'
import { usePlayground } from './playground-context.tsx'
import { saveFile } from './save-file.ts'
import { Segmented } from './segmented.tsx'
import { useCassettes, type Cassettes } from './use-cassettes.ts'

/** Whether the gateway records the next session, what it keeps of it, and what it has. */
export function RecordField(): JSX.Element {
  const { text } = usePreferences()
  const { settings, changeSettings, client } = usePlayground()
  const cassettes = useCassettes(client)
  const words = text.cassettes
  return (
    <>
      <div className="field">
        <span className="field-label">{words.label}</span>
        <Segmented<Settings['record']>
          testId="record"
          label={words.label}
          value={settings.record}
          onChange={(record) => changeSettings({ record })}
          segments={recordChoices.map((value) => ({ value, content: words.kinds[value] }))}
        />
        <p className="field-hint" aria-live="polite">
          {words.keeps[settings.record]} {settings.record === 'off' ? words.apart : words.removed}
        </p>
      </div>
      <details
        className="fold"
        data-testid="cassettes"
        onToggle={({ currentTarget }) => currentTarget.open && cassettes.refresh()}
      >
        <summary>{words.list}</summary>
        <CassetteList cassettes={cassettes} />
      </details>
    </>
  )
}

function CassetteList({ cassettes }: { readonly cassettes: Cassettes }): JSX.Element {
  const words = usePreferences().text.cassettes
  if (cassettes.status === 'failed') {
    return (
      <p className="field-hint" role="alert">
        {words.failed}{' '}
        <button type="button" className="link-button" onClick={cassettes.refresh}>
          {words.retry}
        </button>
      </p>
    )
  }
  if (cassettes.status === 'loaded' && cassettes.all.length === 0) {
    return <p className="field-hint">{words.empty}</p>
  }
  return (
    <ul className="conversations">
      {cassettes.all.map((cassette) => (
        <CassetteRow key={cassette.id} cassette={cassette} remove={cassettes.remove} />
      ))}
    </ul>
  )
}

function CassetteRow(props: {
  readonly cassette: CassetteSummary
  readonly remove: (id: string) => Promise<void>
}): JSX.Element {
  const { id, title, backend, startedAt, durationMs, bytes, complete } = props.cassette
  const { text, format } = usePreferences()
  const { client, changeSettings } = usePlayground()
  const [failure, setFailure] = useState<string | undefined>(undefined)
  const words = text.cassettes
  const name = title ?? format.date(Date.parse(startedAt))

  const attempt = (action: () => Promise<void>): void => {
    setFailure(undefined)
    action().catch((error: unknown) => setFailure(reasonOf(error)))
  }

  return (
    <li className="conversation cassette" data-testid="cassette" data-id={id}>
      <div className="conversation-open">
        <span className="conversation-title">{name}</span>
        <span className="conversation-facts">
          <span>{backend}</span>
          <span>{words.seconds(format.integer(Math.round(durationMs / 1000)))}</span>
          <span>{format.megabytes(bytes)}</span>
          {!complete && <span>{words.incomplete}</span>}
        </span>
      </div>
      <div className="conversation-actions" data-asking="false" role="group" aria-label={words.actions(name)}>
        <button
          type="button"
          className="quiet-button"
          onClick={() => changeSettings({ backend: 'replay', model: id })}
        >
          {words.replay}
        </button>
        <button
          type="button"
          className="quiet-button"
          title={words.save}
          onClick={() => attempt(async () => saveFile(await client.cassette(id), `${id}.ndjson`))}
        >
          .ndjson<span className="visually-hidden">: {words.save}</span>
        </button>
        <button
          type="button"
          className="quiet-button square"
          title={words.delete}
          aria-label={words.delete}
          onClick={() => attempt(() => props.remove(id))}
        >
          <Icon name="trash" size={16} />
        </button>
      </div>
      {failure !== undefined && (
        <p className="conversation-failure" role="alert">
          {failure}
        </p>
      )}
    </li>
  )
}
