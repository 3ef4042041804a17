import type { ReactNode } from 'react'
import { abilities, doerWords } from '../facts/abilities.ts'
import { settingGroups } from '../facts/settings.ts'
import { limitText } from '../reference/reference.ts'
import type { ReferenceBackend, ReferenceCapabilities } from '../reference/reference.ts'
import { DataTable } from './data-table.tsx'
import { SettingTable } from './setting-table.tsx'

const marks = { native: '✓', supplied: '+', none: '–' } as const

/** Everything about one backend: what it can do, what it costs, how it is set up, and how that is known. */
export function BackendSection({ backend }: { readonly backend: ReferenceBackend }): ReactNode {
  const { name, title, help, capabilities } = backend
  const settings = settingGroups.find(({ id }) => id === name)
  return (
    <section id={name} className="backend" aria-labelledby={`${name}-title`}>
      <h2 id={`${name}-title`}>{title}</h2>
      <p>
        {capabilities.description} In Parley it is called <code>{name}</code>.
      </p>
      {name !== 'local' && (
        <p className="note">
          Not run against the real service, for want of a key: held by a strict stand-in that checks every
          rule of the documented wire.
        </p>
      )}
      {help !== null && <p>{help}</p>}
      {settings && <SettingTable group={settings} />}
      <h3>Who does what</h3>
      <ul className="abilities">
        {abilities.map(({ title: ability, of }) => {
          const doer = of(capabilities)
          return (
            <li key={ability} data-doer={doer}>
              <span className="mark" aria-hidden="true">
                {marks[doer]}
              </span>
              <span>{ability}</span>
              <span className="visually-hidden">: {doerWords[doer]}</span>
            </li>
          )
        })}
      </ul>
      <h3>Facts</h3>
      <DataTable label={`Facts about ${title}`} heads={['', '']} rows={facts(capabilities)} />
      <Price capabilities={capabilities} />
      <Evidence capabilities={capabilities} />
    </section>
  )
}

function facts(capabilities: ReferenceCapabilities): { id: string; cells: readonly ReactNode[] }[] {
  const rows: readonly (readonly [string, string])[] = [
    ['Models', list(capabilities.models, 'Whatever the server or the agent has')],
    ['Sound in', list(capabilities.inputFormats, 'None')],
    ['Sound out', list(capabilities.outputFormats, 'None')],
    ['Longest session', limitText(capabilities.sessionLimitMinutes)],
    [
      'Context window',
      capabilities.contextWindowTokens === null
        ? 'Depends on the model'
        : `${capabilities.contextWindowTokens.toLocaleString('en')} tokens`,
    ],
    ['Voices', voices(capabilities)],
    ['Transcription models', list(capabilities.transcriptionModels, 'Any name is taken')],
    ['Languages', list(capabilities.languages, 'Not known to Parley')],
    ['May change within a session', list(capabilities.updatable, 'Nothing')],
    ['Further session fields', list(capabilities.sessionFields, 'None')],
    ['Extensions', list([...capabilities.sessionExtensions, ...capabilities.responseExtensions], 'None')],
    ['Wire', capabilities.dialect ?? 'None: it runs inside Parley'],
  ]
  return rows.map(([name, value]) => ({ id: name, cells: [name, value] }))
}

function voices({ voices: names, otherVoices }: ReferenceCapabilities): string {
  const listed = names.length === 0 ? '' : names.join(', ')
  if (!otherVoices) return listed === '' ? 'None' : listed
  return listed === '' ? 'Whatever the server has' : `${listed}, and others that its own list names`
}

function list(values: readonly string[], nothing: string): string {
  return values.length === 0 ? nothing : [...new Set(values)].join(', ')
}

const priceKinds: Readonly<Record<string, string>> = {
  textIn: 'Text in',
  textCachedIn: 'cached',
  textOut: 'Text out',
  audioIn: 'Sound in',
  audioCachedIn: 'cached',
  audioOut: 'Sound out',
}

function Price({ capabilities }: { readonly capabilities: ReferenceCapabilities }): ReactNode {
  const { priceKind, prices } = capabilities
  if (priceKind === 'free') return <p>It costs nothing: it runs on your machine.</p>
  if (priceKind === 'unknown') return <p>What it costs is not known to Parley.</p>
  const kinds = Object.entries(priceKinds)
  return (
    <>
      <h3>Price</h3>
      <p className="quiet">US dollars per million tokens, as listed by the vendor on the day given below.</p>
      <DataTable
        label={`Prices of ${capabilities.title}`}
        compact
        heads={['Model', ...kinds.map(([, words]) => words)]}
        rows={Object.entries(prices).map(([model, row]) => ({
          id: model,
          cells: [
            model === '*' ? 'Any model' : model,
            ...kinds.map(([kind]) => row[kind]?.toFixed(2) ?? '–'),
          ],
        }))}
      />
    </>
  )
}

function Evidence({ capabilities }: { readonly capabilities: ReferenceCapabilities }): ReactNode {
  const { evidence } = capabilities
  return (
    <details>
      <summary>Where these facts come from</summary>
      {evidence.length === 0 ? (
        <p>It runs here: its own tests prove every line.</p>
      ) : (
        <ul>
          {evidence.map(({ source, date, confidence, fields }) => (
            <li key={`${source} ${fields.join(' ')}`}>
              {/^https:\/\/\S+$/.test(source) ? (
                <a href={source}>{source.slice('https://'.length)}</a>
              ) : (
                source
              )}
              , {date}, {confidence}: <span className="quiet">{fields.join(', ')}</span>
            </li>
          ))}
        </ul>
      )}
    </details>
  )
}
