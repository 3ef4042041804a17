'use client'

import type { JSX } from 'react'
import { DropZone } from '../compare/setup/drop-zone.tsx'
import { Icon } from '../components/icons.tsx'
import { useListenText } from '../i18n/listen-messages.ts'
import { usePreferences } from '../i18n/page-preferences.tsx'
import type { LabState } from './create-lab.ts'
import { sampleNames, type SampleName } from './samples.ts'
import { longestSeconds } from './worker-protocol.ts'

/** Where the sound comes from, and how far it has been heard. */
export function SourceBar(props: {
  readonly state: LabState
  readonly onMicrophone: () => void
  readonly onStop: () => void
  readonly onFile: (file: File) => void
  readonly onSample: (name: SampleName) => void
}): JSX.Element {
  const { state } = props
  const { source: text } = useListenText()
  const { format } = usePreferences()
  const isLive = state.phase === 'live'
  const { problem } = state
  return (
    <div className="lab-source">
      <div className="lab-actions">
        <button
          type="button"
          className={isLive ? 'button danger' : 'button strong'}
          disabled={state.phase === 'opening'}
          data-testid="lab-microphone"
          data-live={isLive}
          onClick={isLive ? props.onStop : props.onMicrophone}
        >
          <Icon name={isLive ? 'stop' : 'microphone'} size={18} />
          {isLive ? text.stop : text.microphone}
        </button>
        <div className="lab-samples" role="group" aria-label={text.samples}>
          {sampleNames.map((name) => (
            <button
              key={name}
              type="button"
              className="button"
              data-testid={`sample-${name}`}
              onClick={() => props.onSample(name)}
            >
              {text.sampleNames[name]}
            </button>
          ))}
        </div>
      </div>
      <DropZone
        label={text.choose}
        hint={text.drop(format.integer(longestSeconds / 60))}
        accept="audio/*,video/webm,video/mp4,.wav,.mp3,.ogg,.opus,.m4a,.flac"
        testId="lab-file"
        onFiles={([file]) => file && props.onFile(file)}
      >
        {state.phase === 'reading' && (
          <div className="lab-progress">
            <progress max={1} value={state.share} aria-label={text.progress(state.name)} />
            <span>{text.progress(state.name)}</span>
          </div>
        )}
      </DropZone>
      {problem !== undefined && (
        <p className="notice" role="alert" data-testid="lab-problem" data-code={problem.code}>
          {text.problems[problem.code]({ name: problem.name, minutes: format.integer(longestSeconds / 60) })}
        </p>
      )}
    </div>
  )
}
