'use client'

import type { Scenario } from '@parley/compare'
import { useState, type JSX } from 'react'
import { SelectField } from '../../components/field.tsx'
import { docsAddress } from '../../docs-address.ts'
import { useCompareText } from '../../i18n/compare-messages.ts'
import { usePreferences } from '../../i18n/page-preferences.tsx'
import { decodeSound } from '../decode-sound.ts'
import { readScenario, type ScenarioChoice } from '../read-scenario.ts'
import { DropZone } from './drop-zone.tsx'
import { ScenarioSteps } from './scenario-steps.tsx'

/** A scenario of the person's own, with the sound that came with it. */
export interface OwnScenario {
  readonly choice: ScenarioChoice
  readonly files: ReadonlyMap<string, Int16Array>
}

/** Value of the person's own scenario among those that ship; no scenario can be called so. */
const own = '*'

/** Which scenario: one that ships, or a file. */
export function ScenarioField(props: {
  /** Those that ship. */
  readonly scenarios: readonly ScenarioChoice[]
  /** Name of the one that is chosen. */
  readonly name: string
  readonly own: OwnScenario | undefined
  readonly chosen: Scenario | undefined
  readonly onChoose: (name: string) => void
  readonly onOwn: (own: OwnScenario) => void
  readonly onDropOwn: () => void
}): JSX.Element {
  const { scenarios, chosen } = props
  const { scenario: text } = useCompareText()
  const { language } = usePreferences()
  const [unreadable, setUnreadable] = useState(false)
  const error = props.own?.choice.error
  const read = async (files: readonly File[]): Promise<void> => {
    const yaml = files.find(({ name }) => /\.(ya?ml|json)$/i.test(name)) ?? files[0]
    if (!yaml) return
    try {
      const sounds = await Promise.all(
        files
          .filter((file) => file !== yaml)
          .map(async (file) => [file.name, await decodeSound(await file.arrayBuffer())] as const),
      )
      const choice = readScenario(await yaml.text(), yaml.name.replace(/\.\w+$/, ''))
      props.onOwn({ choice, files: new Map(sounds) })
      setUnreadable(false)
    } catch {
      setUnreadable(true)
    }
  }
  return (
    <>
      <SelectField
        testId="scenario"
        label={text.label}
        value={props.own ? own : props.name}
        hint={chosen?.description === '' ? undefined : chosen?.description}
        onChange={(value) => {
          if (value === own) return
          props.onDropOwn()
          props.onChoose(value)
        }}
      >
        {scenarios.length === 0 && <option value="">{text.none}</option>}
        {scenarios.map(({ name, scenario }) => (
          <option key={name} value={name} disabled={scenario === undefined}>
            {scenario?.title ?? name}
          </option>
        ))}
        {props.own && (
          <option value={own}>
            {text.own}: {props.own.choice.scenario?.title ?? props.own.choice.name}
          </option>
        )}
      </SelectField>
      {(error !== undefined || unreadable) && (
        <div className="scenario-error" role="alert" data-testid="scenario-error">
          <p>{text.wrong(props.own?.choice.name ?? '')}</p>
          {unreadable && <p>{text.unreadable}</p>}
          {error && (
            <p>
              {error.line !== undefined && <b>{text.line(String(error.line))}: </b>}
              {error.problem}
            </p>
          )}
        </div>
      )}
      {chosen && (
        <details className="fold">
          <summary>
            {text.showSteps} · {text.steps(chosen.steps.length)}
          </summary>
          <ScenarioSteps scenario={chosen} />
        </details>
      )}
      <DropZone
        label={text.choose}
        hint={text.drop}
        accept=".yaml,.yml,.json,.wav,text/yaml"
        multiple
        testId="scenario-file"
        onFiles={(files) => void read(files)}
      >
        <a
          className="drop-link"
          href={docsAddress(language, 'reference/scenarios')}
          target="_blank"
          rel="noreferrer"
        >
          {text.guide}
        </a>
      </DropZone>
    </>
  )
}
