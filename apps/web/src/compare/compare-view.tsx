'use client'

import type { Lane } from '@parley/compare'
import { useEffect, useMemo, useRef, useState, type JSX } from 'react'
import { useBackends } from '../components/use-backends.ts'
import { useStore } from '../components/use-store.ts'
import { useCompareText } from '../i18n/compare-messages.ts'
import { usePreferences } from '../i18n/page-preferences.tsx'
import { createRunStore } from '../runs/run-store.ts'
import { useGateway } from '../shell/gateway-context.tsx'
import { Shell } from '../shell/shell.tsx'
import type { ScenarioFile } from '../shipped-scenarios.ts'
import { AddressProblem, CompareProblem } from './compare-problem.tsx'
import type { CompareSetup } from './compare-setup.ts'
import { createComparison } from './create-comparison.ts'
import { lanesOf } from './lane-setup.ts'
import type { Plan, Source } from './plan.ts'
import { LanesSection } from './setup/lanes-section.tsx'
import { RunFields } from './setup/run-fields.tsx'
import { SourceFields, type Sources } from './setup/source-fields.tsx'
import { RunBar } from './run-bar.tsx'
import { BlindStage } from './stage/blind-stage.tsx'
import { KeepProblem } from './stage/export-menu.tsx'
import { useCompareKeys } from './use-compare-keys.ts'
import { useCompareSetup } from './use-compare-setup.ts'
import { readScenario } from './read-scenario.ts'

/** Compares backends: what is said and who answers on one side, their lanes on the other. */
export function CompareView(props: {
  /** Of the address, without its question mark. */
  readonly search: string
  /** The scenarios that ship. */
  readonly scenarios: readonly ScenarioFile[]
}): JSX.Element {
  const { gatewayUrl, needsSecret, client } = useGateway()
  const { text: page, language, format } = usePreferences()
  const text = useCompareText()
  const { list: backends } = useBackends(client)
  const scenarios = useMemo(
    () => props.scenarios.map((file) => readScenario(file.text, file.name)),
    [props.scenarios],
  )
  const [setup, changeSetup] = useCompareSetup(props.search, backends)
  const [sources, setSources] = useState<Sources>({ own: undefined, file: undefined, microphoneId: '' })
  const store = useMemo(() => createRunStore(), [])
  const prices = useMemo(
    () => new Map(backends?.backends.map(({ name, capabilities }) => [name, capabilities.price])),
    [backends],
  )
  // The control lives as long as the view; what it asks for may change meanwhile.
  const latest = useRef({ prices, problems: page.problems })
  useEffect(() => {
    latest.current = { prices, problems: page.problems }
  }, [prices, page])
  const [control] = useState(() =>
    createComparison({
      gatewayUrl,
      needsSecret,
      store,
      deleteConversation: (id) => client.deleteConversation(id),
      priceOf: ({ backend }) => latest.current.prices.get(backend) ?? { kind: 'unknown' },
      describe: ({ code, detail }) => {
        const { title, advice } = latest.current.problems[code]
        return [title, detail ?? advice].join(' ')
      },
    }),
  )
  useEffect(() => () => control.stop(), [control])
  const state = useStore(control.state)

  const scenario = sources.own
    ? sources.own.choice.scenario
    : (
        scenarios.find(({ name }) => name === setup.scenario) ??
        scenarios.find((choice) => choice.scenario !== undefined)
      )?.scenario
  const lanes = useMemo(() => tryLanes(setup), [setup])
  const title = titleOf(setup, sources, scenario?.title ?? '', text.run.titles, format.date(Date.now()))
  const source = sourceOf(setup, sources, scenario, language)
  const isOwn =
    (setup.source === 'scenario' && sources.own !== undefined) ||
    (setup.source === 'file' && sources.file !== undefined)
  const isRunning = state.phase === 'running' || state.phase === 'stopping'
  const plan: Plan | undefined =
    source && lanes.lanes && backends
      ? { title, lanes: lanes.lanes, source, repeats: setup.repeats, order: setup.order, blind: setup.blind }
      : undefined
  const start = (): void => {
    if (!plan || isRunning) return
    void control.start(plan)
    // In narrow windows the lanes are below what is set up.
    if (matchMedia('(max-width: 1023px)').matches) {
      document.querySelector('#lanes')?.scrollIntoView({ block: 'start' })
    }
  }
  const titleOfBackend = (name: string): string =>
    backends?.backends.find((backend) => backend.name === name)?.capabilities.title ?? name
  const shortcuts = useCompareKeys({ start, stop: () => control.stop(), isRunning })

  return (
    <Shell
      view="compare"
      main="lanes"
      skipText={text.skipToLanes}
      shortcuts={shortcuts}
      shortcutsNote={text.keys.focusHint}
      saysGone={state.problem?.code === 'gateway_unreachable'}
    >
      <div className="compare">
        <div className="compare-side">
          <div className="compare-intro">
            <h1>{text.heading}</h1>
            <p>{text.lead}</p>
          </div>
          <fieldset className="compare-setup" disabled={isRunning} aria-label={text.setup}>
            <SourceFields
              setup={setup}
              onSetup={changeSetup}
              sources={sources}
              onSources={(change) => setSources((before) => ({ ...before, ...change }))}
              scenarios={scenarios}
              scenario={setup.source === 'scenario' ? scenario : undefined}
            />
            <LanesSection
              lanes={setup.lanes}
              backends={backends}
              problem={lanes.problem}
              onChange={(changed) => changeSetup({ lanes: changed })}
            />
            <RunFields setup={setup} onChange={changeSetup} />
          </fieldset>
          <RunBar
            control={control}
            state={state}
            canStart={plan !== undefined}
            setup={setup}
            isOwn={isOwn}
            onStart={start}
          />
        </div>
        <main className="compare-main" id="lanes" tabIndex={-1}>
          <AddressProblem search={props.search} scenarios={scenarios.map(({ name }) => name)} />
          <CompareProblem problem={state.problem} onDismiss={() => control.dismissProblem()} />
          <KeepProblem kept={state.kept} />
          <BlindStage state={state} control={control} store={store} titleOf={titleOfBackend} />
        </main>
      </div>
    </Shell>
  )
}

function tryLanes(setup: CompareSetup): {
  readonly lanes: readonly Lane[] | undefined
  readonly problem: string | undefined
} {
  try {
    return { lanes: lanesOf(setup.lanes), problem: undefined }
  } catch (error) {
    return { lanes: undefined, problem: error instanceof Error ? error.message : String(error) }
  }
}

function sourceOf(
  setup: CompareSetup,
  { own, file, microphoneId }: Sources,
  scenario: Extract<Source, { kind: 'scenario' }>['scenario'] | undefined,
  language: string,
): Source | undefined {
  switch (setup.source) {
    case 'scenario':
      return scenario && { kind: 'scenario', scenario, files: own?.files ?? new Map() }
    case 'speak':
      return { kind: 'speak', deviceId: microphoneId }
    case 'type':
      return setup.text.trim() === '' ? undefined : { kind: 'type', text: setup.text.trim(), language }
    case 'file':
      return file && { kind: 'file', ...file }
  }
}

function titleOf(
  setup: CompareSetup,
  { file }: Sources,
  scenario: string,
  titles: {
    readonly speak: (when: string) => string
    readonly type: (words: string) => string
    readonly file: (name: string) => string
  },
  when: string,
): string {
  switch (setup.source) {
    case 'scenario':
      return scenario
    case 'speak':
      return titles.speak(when)
    case 'type': {
      const words = setup.text.trim()
      return titles.type(words.length > 60 ? `${words.slice(0, 59)}…` : words)
    }
    case 'file':
      return titles.file(file?.name ?? '')
  }
}
