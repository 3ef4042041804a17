import { parseScenario, ScenarioError, type Scenario } from '@parley/compare'

/** A scenario that can be chosen, or why it cannot. */
export interface ScenarioChoice {
  readonly name: string
  readonly scenario: Scenario | undefined
  readonly error: ScenarioProblem | undefined
}

/** What is wrong with a scenario's text, and where. */
export interface ScenarioProblem {
  /** Counted from 1. */
  readonly line: number | undefined
  readonly problem: string
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
