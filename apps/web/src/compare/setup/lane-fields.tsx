'use client'

import { useId, type JSX } from 'react'
import { SelectField } from '../../components/field.tsx'
import { Icon } from '../../components/icons.tsx'
import type { Backend, BackendList } from '../../gateway-client.ts'
import { useCompareText } from '../../i18n/compare-messages.ts'
import { laneLetters } from '../lane-track.ts'
import type { LaneSetup } from '../lane-setup.ts'

/** One lane: which backend, and what is special about it. */
export function LaneFields(props: {
  readonly place: number
  readonly setup: LaneSetup
  readonly backends: BackendList | undefined
  readonly onChange: (setup: LaneSetup) => void
  /** `undefined` where no fewer lanes are possible. */
  readonly onRemove: (() => void) | undefined
}): JSX.Element {
  const { place, setup, backends, onChange, onRemove } = props
  const { lanes: text } = useCompareText()
  const letter = laneLetters[place] ?? ''
  const change = (part: Partial<LaneSetup>): void => onChange({ ...setup, ...part })
  const backend = backends?.backends.find(({ name }) => name === setup.backend)
  const models = backend?.capabilities.models ?? []
  return (
    <fieldset className="lane-setup" data-lane={letter.toLowerCase()} data-testid="lane-setup">
      <legend className="visually-hidden">{text.lane(letter)}</legend>
      <div className="lane-setup-head">
        <span className="lane-letter" aria-hidden="true">
          {letter}
        </span>
        <SelectField
          testId="lane-backend"
          label={text.backend}
          value={setup.backend}
          disabled={backends === undefined}
          onChange={(name) =>
            onChange({ ...setup, backend: name, model: firstModel(name, backends), voice: '' })
          }
        >
          {backends === undefined && <option value={setup.backend}>{text.loading}</option>}
          {backends && !backend && <option value={setup.backend}>{setup.backend}</option>}
          {backends?.backends.map(({ name, capabilities }) => (
            <option key={name} value={name}>
              {capabilities.title}
            </option>
          ))}
          {backends && backends.unavailable.length > 0 && (
            <optgroup label={text.notSetUp}>
              {backends.unavailable.map(({ name, title }) => (
                <option key={name} value={name} disabled>
                  {title}
                </option>
              ))}
            </optgroup>
          )}
        </SelectField>
        {onRemove && (
          <button
            type="button"
            className="quiet-button square"
            aria-label={text.remove(letter)}
            title={text.remove(letter)}
            onClick={onRemove}
          >
            <Icon name="close" size={16} />
          </button>
        )}
      </div>
      {backends && !backend && setup.backend !== '' && (
        <p className="field-hint lane-unknown">{unknownBackend(setup.backend, backends, text.unknown)}</p>
      )}
      {(models.length > 1 || setup.backend === 'replay') && (
        <SelectField
          testId="lane-model"
          label={setup.backend === 'replay' ? text.cassette : text.model}
          value={setup.model}
          onChange={(model) => change({ model })}
        >
          {(setup.backend !== 'replay' || models.length === 0) && (
            <option value="">{setup.backend === 'replay' ? text.noCassettes : text.automatic}</option>
          )}
          {models.map((model) => (
            <option key={model} value={model}>
              {model}
            </option>
          ))}
        </SelectField>
      )}
      {setup.backend !== 'replay' && <Tuning setup={setup} backend={backend} onChange={change} />}
    </fieldset>
  )
}

/** A replay has no model of its own choice: the first recording. */
function firstModel(name: string, list: BackendList | undefined): string {
  if (name !== 'replay') return ''
  return list?.backends.find((backend) => backend.name === name)?.capabilities.models[0] ?? ''
}

function unknownBackend(name: string, list: BackendList, otherwise: (name: string) => string): string {
  const lacking = list.unavailable.find((candidate) => candidate.name === name)
  return lacking ? `${lacking.setting}: ${lacking.help}` : otherwise(name)
}

/** What is special about the lane; folded away, with a summary of what is set. */
function Tuning(props: {
  readonly setup: LaneSetup
  readonly backend: Backend | undefined
  readonly onChange: (part: Partial<LaneSetup>) => void
}): JSX.Element {
  const { setup, backend, onChange } = props
  const { lanes: text } = useCompareText()
  const id = useId()
  const voices = backend?.capabilities.voices ?? []
  const kinds = backend?.capabilities.turnDetection ?? []
  const fields = backend?.capabilities.sessionFields
  const isSet = [
    voices.find(({ name }) => name === setup.voice)?.title ?? setup.voice,
    setup.turns === '' ? '' : text.turnChoices[setup.turns],
    setup.turns === 'server_vad' && setup.silenceMs !== '' ? `${setup.silenceMs} ms` : '',
    setup.speed === '' ? '' : `${setup.speed}×`,
    setup.instructions === '' ? '' : text.instructions,
  ].filter((part) => part !== '')
  return (
    <details className="fold tuning">
      <summary>
        {text.tuning}
        {isSet.length > 0 && <span className="tuning-set"> · {isSet.join(', ')}</span>}
      </summary>
      <div className="tuning-fields">
        <div className="field-pair">
          <SelectField
            testId="lane-voice"
            label={text.voice}
            value={setup.voice}
            onChange={(voice) => onChange({ voice })}
          >
            <option value="">{text.automatic}</option>
            {setup.voice !== '' && !voices.some(({ name }) => name === setup.voice) && (
              <option value={setup.voice}>{setup.voice}</option>
            )}
            {voices.map(({ name, title }) => (
              <option key={name} value={name}>
                {title ?? name}
              </option>
            ))}
          </SelectField>
          <SelectField
            testId="lane-turns"
            label={text.turns}
            value={setup.turns}
            onChange={(value) =>
              onChange({
                turns: turnKinds.find((kind) => kind === value) ?? '',
                silenceMs: '',
                eagerness: '',
              })
            }
          >
            {turnKinds
              .filter((kind) => kind !== 'semantic_vad' || kinds.includes(kind) || setup.turns === kind)
              .map((kind) => (
                <option key={kind} value={kind}>
                  {text.turnChoices[kind]}
                </option>
              ))}
          </SelectField>
        </div>
        <div className="field-pair">
          {setup.turns === 'server_vad' && (
            <NumberField
              label={text.silence}
              value={setup.silenceMs}
              testId="lane-silence"
              limits={{ min: 100, max: 5000, step: 50 }}
              onChange={(silenceMs) => onChange({ silenceMs })}
            />
          )}
          {setup.turns === 'semantic_vad' && (
            <SelectField
              testId="lane-eagerness"
              label={text.eagerness}
              value={setup.eagerness}
              onChange={(eagerness) => onChange({ eagerness })}
            >
              {eagernesses.map((choice) => (
                <option key={choice} value={choice}>
                  {text.eagernessChoices[choice]}
                </option>
              ))}
            </SelectField>
          )}
          {(fields === undefined || fields.includes('audio.output.speed')) && (
            <NumberField
              label={text.speed}
              value={setup.speed}
              testId="lane-speed"
              limits={{ min: 0.25, max: 1.5, step: 0.05 }}
              onChange={(speed) => onChange({ speed })}
            />
          )}
        </div>
        {(fields === undefined || fields.includes('instructions')) && (
          <div className="field">
            <label htmlFor={`${id}-instructions`}>{text.instructions}</label>
            <textarea
              id={`${id}-instructions`}
              rows={2}
              value={setup.instructions}
              onChange={({ target }) => onChange({ instructions: target.value })}
            />
          </div>
        )}
        <div className="field">
          <label htmlFor={`${id}-name`}>{text.name}</label>
          <input
            id={`${id}-name`}
            className="input"
            value={setup.name}
            pattern="[A-Za-z0-9_\-]+"
            data-testid="lane-name"
            aria-describedby={`${id}-name-hint`}
            onChange={({ target }) => onChange({ name: target.value.replaceAll(/[^\w-]/g, '-') })}
          />
          <p className="field-hint" id={`${id}-name-hint`}>
            {text.nameHint}
          </p>
        </div>
      </div>
    </details>
  )
}

const turnKinds = ['', 'server_vad', 'semantic_vad'] as const
const eagernesses = ['', 'low', 'medium', 'high'] as const

function NumberField(props: {
  readonly label: string
  readonly value: string
  readonly testId: string
  readonly limits: { readonly min: number; readonly max: number; readonly step: number }
  readonly onChange: (value: string) => void
}): JSX.Element {
  const id = useId()
  const { automatic } = useCompareText().lanes
  return (
    <div className="field">
      <label htmlFor={id}>{props.label}</label>
      <input
        id={id}
        className="input"
        type="number"
        inputMode="decimal"
        value={props.value}
        placeholder={automatic}
        data-testid={props.testId}
        {...props.limits}
        onChange={({ target }) => props.onChange(target.value)}
      />
    </div>
  )
}
