'use client'

import type { JSX } from 'react'
import { usePreferences } from '../i18n/page-preferences.tsx'
import { choicesOf } from '../session/fit-settings.ts'
import {
  eagernessChoices,
  silenceChoices,
  speedChoices,
  temperatureChoices,
  type Settings,
} from '../session/settings.ts'
import { SelectField } from './field.tsx'
import { usePlayground } from './playground-context.tsx'
import { Segmented } from './segmented.tsx'

/** Who says that a turn is over, and how soon; as many ways as the backend knows. */
export function TurnFields(): JSX.Element {
  const { text, format } = usePreferences()
  const { inForce, changeSettings, backend } = usePlayground()
  const choices = backend && choicesOf(backend.capabilities)
  return (
    <>
      <div className="field">
        <span className="field-label">{text.setup.turns}</span>
        <Segmented<Settings['turnMode']>
          testId="turn-mode"
          label={text.setup.turns}
          value={inForce.turnMode}
          onChange={(turnMode) => changeSettings({ turnMode })}
          segments={[
            { value: 'vad', content: text.setup.vad },
            ...(choices?.semanticTurns
              ? [{ value: 'semantic' as const, content: text.backends.semantic }]
              : []),
            ...(choices?.manualTurns === false
              ? []
              : [{ value: 'push-to-talk' as const, content: text.setup.pushToTalk }]),
          ]}
        />
        {choices?.manualTurns === false && <p className="field-hint">{text.backends.noPushToTalk}</p>}
      </div>
      {inForce.turnMode === 'vad' && (
        <div className="field">
          <span className="field-label">{text.setup.silence}</span>
          <Segmented
            testId="silence"
            label={text.setup.silence}
            value={String(inForce.silenceMs)}
            onChange={(silenceMs) => changeSettings({ silenceMs: Number(silenceMs) })}
            segments={silenceChoices.map((choice) => ({
              value: String(choice),
              content: text.setup.milliseconds(format.integer(choice)),
            }))}
          />
        </div>
      )}
      {inForce.turnMode === 'semantic' && (
        <div className="field">
          <span className="field-label">{text.backends.eagerness}</span>
          <Segmented
            testId="eagerness"
            label={text.backends.eagerness}
            value={inForce.eagerness}
            onChange={(eagerness) => changeSettings({ eagerness })}
            segments={eagernessChoices.map((choice) => ({
              value: choice,
              content: text.backends.eagernessChoices[choice],
            }))}
          />
        </div>
      )}
    </>
  )
}

/** Speed and temperature, where the backend knows them. */
export function AnswerFields(): JSX.Element | null {
  const { text, format } = usePreferences()
  const { inForce, changeSettings, backend } = usePlayground()
  const choices = backend && choicesOf(backend.capabilities)
  if (!choices?.speed && !choices?.temperature) return null
  return (
    <div className="field-pair">
      {choices.speed && (
        <SelectField
          testId="speed"
          label={text.backends.speed}
          value={String(inForce.speed)}
          onChange={(speed) => changeSettings({ speed: Number(speed) })}
        >
          {speedChoices.map((choice) => (
            <option key={choice} value={choice}>
              {format.factor(choice)}
            </option>
          ))}
        </SelectField>
      )}
      {choices.temperature && (
        <SelectField
          testId="temperature"
          label={text.backends.temperature}
          value={inForce.temperature === undefined ? '' : String(inForce.temperature)}
          onChange={(value) => changeSettings({ temperature: value === '' ? undefined : Number(value) })}
        >
          <option value="">{text.backends.automatic}</option>
          {temperatureChoices.map((choice) => (
            <option key={choice} value={choice}>
              {format.decimal(choice)}
            </option>
          ))}
        </SelectField>
      )}
    </div>
  )
}
