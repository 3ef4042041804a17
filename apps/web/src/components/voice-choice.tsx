'use client'

import type { VoiceCapability } from '@parley/core'
import { useState, type JSX } from 'react'
import type { Backend } from '../gateway-client.ts'
import { usePreferences } from '../i18n/page-preferences.tsx'
import { choicesOf } from '../session/fit-settings.ts'
import { Icon } from './icons.tsx'
import { usePlayground } from './playground-context.tsx'
import { useSample } from './use-sample.ts'

/** The voice that is highlighted for use: hear it, give it a style, take it. */
export function VoiceChoice(props: {
  readonly backend: Backend
  readonly voice: VoiceCapability | null
  /** Language the sample should be in, where the voice speaks it. */
  readonly language: string
  readonly canSample: boolean
  readonly onTake: (voice: string, style: string) => void
}): JSX.Element {
  const { backend, voice, language, canSample, onTake } = props
  const { text } = usePreferences()
  const { client, inForce } = usePlayground()
  const sample = useSample(client, backend.name)
  const [style, setStyle] = useState(voice?.name === inForce.voice ? inForce.voiceStyle : '')
  const styles = choicesOf(backend.capabilities).voiceStyle ? (voice?.styles ?? []) : []
  const isHeard = sample.state === 'loading' || sample.state === 'playing'
  const name = voice?.title ?? voice?.name ?? text.voices.automatic
  const spoken =
    voice?.languages.find((tag) => tag.split('-')[0] === language) ?? voice?.languages[0] ?? language
  return (
    <div className="picker-choice" data-testid="voice-choice" data-voice={voice?.name ?? ''}>
      <div className="picker-chosen">
        <p className="voice-name">{name}</p>
        <p className="voice-facts">
          {voice === null
            ? text.voices.automaticHint
            : [voice.title === undefined ? [] : voice.name, voice.languages.slice(0, 4)].flat().join(' · ')}
        </p>
        {!canSample && voice !== null && (
          <p className="field-hint" role="status">
            {text.voices.noSample}
          </p>
        )}
        {sample.state === 'failed' && (
          <p className="field-hint" role="alert">
            {text.voices.sampleFailed}
          </p>
        )}
      </div>
      {styles.length > 0 && (
        <select
          aria-label={text.voices.style}
          data-testid="voice-style"
          value={style}
          onChange={({ target }) => setStyle(target.value)}
        >
          <option value="">
            {text.voices.style}: {text.voices.plainStyle}
          </option>
          {styles.map((each) => (
            <option key={each} value={each}>
              {each}
            </option>
          ))}
        </select>
      )}
      <div className="picker-actions">
        {voice !== null && canSample && (
          <button
            type="button"
            className="button"
            aria-label={isHeard ? text.voices.stop : text.voices.listenTo(name)}
            data-testid="voice-sample"
            data-state={sample.state}
            onClick={() => (isHeard ? sample.stop() : sample.play({ name: voice.name, language: spoken }))}
          >
            <Icon name={isHeard ? 'stop' : 'play'} size={16} />
            {isHeard ? text.voices.stop : text.voices.listen}
          </button>
        )}
        <button type="button" className="button" data-testid="voice-automatic" onClick={() => onTake('', '')}>
          {text.voices.automatic}
        </button>
        <button
          type="button"
          className="button strong"
          data-testid="voice-use"
          onClick={() => onTake(voice?.name ?? '', style)}
        >
          {text.voices.use}
        </button>
      </div>
    </div>
  )
}
