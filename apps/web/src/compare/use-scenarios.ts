'use client'

import { parseScenario, ScenarioError, type Scenario } from '@parley/compare'
import { useCallback, useEffect, useState } from 'react'

/** A scenario that can be chosen, or why it cannot. */
export interface ScenarioChoice {
  readonly name: string
  readonly scenario: Scenario | undefined
  readonly error: ScenarioProblem | undefined
}

/** What is wrong with a scenario's text, and where. */
export interface ScenarioProblem {
  readonly line: number | undefined
  readonly problem: string
}

/** The scenarios that ship; `undefined` while they are loaded. */
export function useScenarios(): {
  readonly list: readonly ScenarioChoice[] | undefined
  readonly failed: boolean
  readonly retry: () => void
} {
  const [list, setList] = useState<readonly ScenarioChoice[]>()
  const [failed, setFailed] = useState(false)
  const load = useCallback((): void => {
    setFailed(false)
    fetch('/api/scenarios')
      .then(async (response) => {
        const { scenarios }: { scenarios: readonly { name: string; text: string }[] } = await response.json()
        setList(scenarios.map(({ name, text }) => readScenario(text, name)))
      })
      .catch(() => setFailed(true))
  }, [])
  useEffect(load, [load])
  return { list, failed, retry: load }
}

/** A scenario from its text. */
export function readScenario(text: string, name: string): ScenarioChoice {
  try {
    return { name, scenario: parseScenario(text, name), error: undefined }
  } catch (error) {
    const line = error instanceof ScenarioError ? error.line : undefined
    const said = error instanceof Error ? error.message : String(error)
    return { name, scenario: undefined, error: { line, problem: said.replace(/^line \d+(, |: )/, '') } }
  }
}
