'use client'

import type { JSX } from 'react'
import type { AudioDevice } from '../audio/devices.ts'
import { usePreferences } from '../i18n/page-preferences.tsx'
import { SelectField } from './field.tsx'
import { usePlayground } from './playground-context.tsx'

/** Microphone and speaker; a change takes effect in the running conversation. */
export function DeviceFields(): JSX.Element {
  const { text } = usePreferences()
  const { settings, changeSettings, devices } = usePlayground()
  const options = (found: readonly AudioDevice[]): readonly JSX.Element[] => [
    <option key="" value="">
      {text.setup.systemDevice}
    </option>,
    ...found.map(({ id, label }, place) => (
      <option key={id} value={id}>
        {label || text.setup.unnamedDevice(place + 1)}
      </option>
    )),
  ]
  const known = (found: readonly AudioDevice[], id: string): string =>
    found.some((device) => device.id === id) ? id : ''
  return (
    <div className="field-pair">
      <SelectField
        testId="microphone-device"
        label={text.setup.microphone}
        value={known(devices.microphones, settings.microphoneId)}
        onChange={(microphoneId) => changeSettings({ microphoneId })}
      >
        {options(devices.microphones)}
      </SelectField>
      <SelectField
        testId="speaker-device"
        label={text.setup.speaker}
        value={known(devices.speakers, settings.speakerId)}
        disabled={!devices.speakerChoice}
        hint={devices.speakerChoice ? undefined : text.setup.speakerBySystem}
        onChange={(speakerId) => changeSettings({ speakerId })}
      >
        {options(devices.speakers)}
      </SelectField>
    </div>
  )
}
