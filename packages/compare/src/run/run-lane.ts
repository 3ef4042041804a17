import type { Lane } from '../lane.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { driveLane } from './drive-lane.ts'
import { describeExpectation } from './expectation.ts'
import { LaneFailure, toFailure } from './lane-link.ts'
import { notReached, type ExpectationResult, type LaneRun } from './lane-run.ts'
import { createScriptedMicrophone } from './microphone.ts'
import type { CompareObserver, ComparePorts } from './ports.ts'
import { playSteps } from './steps.ts'
import { utterancesOf, type Utterance } from './utterance.ts'

/** Which pass it is, how to stop it, and who is told. */
export interface RunLaneOptions {
  /** Counts from 0; default 0. */
  readonly repeat?: number
  readonly signal?: AbortSignal
  readonly observer?: CompareObserver
}

/** One lane through a scenario, in real time. Never rejects: what went wrong is in the run. */
export async function runLane(
  scenario: Scenario,
  lane: Lane,
  ports: ComparePorts,
  options: RunLaneOptions = {},
): Promise<LaneRun> {
  const { repeat = 0, signal = new AbortController().signal, observer = {} } = options
  const microphone = createScriptedMicrophone()
  let obstacle: LaneFailure | undefined
  const utterances = await utterancesOf(scenario, ports, signal).catch((error: unknown) => {
    obstacle = speechFailure(error)
    return new Map<number, Utterance>()
  })
  const run = await driveLane(ports, {
    lane,
    scenario,
    repeat,
    signal,
    observer,
    microphone,
    obstacle,
    drive: (link, expectations) => playSteps(scenario, { link, microphone, utterances, expectations }),
  })
  return run.outcome === 'failed' ? withUnreached(run, scenario) : run
}

function speechFailure(error: unknown): LaneFailure {
  const { message, cause } = toFailure(error, 'no_speech')
  return new LaneFailure('no_speech', `What the person says could not be made: ${message}`, cause)
}

/** What a failed lane did not come to was expected all the same. */
function withUnreached(run: LaneRun, scenario: Scenario): LaneRun {
  const reached = new Set(run.expectations.map(({ step }) => step))
  const unreached = scenario.steps.flatMap((step, index): readonly ExpectationResult[] =>
    'expect' in step && !reached.has(index)
      ? [{ step: index, met: false, expected: describeExpectation(step.expect), found: notReached }]
      : [],
  )
  return { ...run, expectations: [...run.expectations, ...unreached] }
}
