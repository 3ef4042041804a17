import type { Lane } from '../lane.ts'
import type { Scenario } from '../scenario/scenario.ts'
import type { Comparison } from './comparison.ts'
import type { LaneRun } from './lane-run.ts'
import type { CompareObserver, ComparePorts, SpeechRequest } from './ports.ts'
import { runLane } from './run-lane.ts'

/** What is compared, and how often. */
export interface ComparisonPlan {
  readonly title: string
  readonly scenario: Scenario
  /** Labels differ. */
  readonly lanes: readonly Lane[]
  readonly repeats: number
  readonly order: Comparison['order']
}

/** How to stop a comparison, and who is told. */
export interface ComparisonOptions {
  readonly signal?: AbortSignal
  readonly observer?: CompareObserver
}

/**
 * Runs every lane `repeats` times, repeat by repeat, so that a slow minute of the network meets all lanes. Stopping
 * keeps what is done. Rejects only for a plan that cannot be run: no lane, a label twice, no repeat.
 */
export async function runComparison(
  plan: ComparisonPlan,
  ports: ComparePorts,
  options: ComparisonOptions = {},
): Promise<Comparison> {
  const { title, scenario, lanes, repeats, order } = plan
  const { signal = new AbortController().signal, observer = {} } = options
  checkLanes(lanes)
  if (!Number.isInteger(repeats) || repeats < 1) throw new RangeError('A comparison runs at least once.')
  const createdAt = ports.wallClock()
  const once = { ...ports, speech: spokenOnce(ports) }
  const runs: LaneRun[] = []
  for (let repeat = 0; repeat < repeats && !signal.aborted; repeat++) {
    const pass = (lane: Lane): Promise<LaneRun> => runLane(scenario, lane, once, { repeat, signal, observer })
    if (order === 'together') {
      runs.push(...(await Promise.all(lanes.map(pass))))
      continue
    }
    for (const lane of lanes) {
      if (!signal.aborted) runs.push(await pass(lane))
    }
  }
  return {
    id: ports.newId('cmp'),
    title,
    createdAt,
    scenario,
    lanes,
    repeats,
    order,
    status: signal.aborted ? 'stopped' : 'completed',
    runs,
  }
}

/** Throws `RangeError` for lanes that cannot be told apart, or none. */
export function checkLanes(lanes: readonly Lane[]): void {
  if (lanes.length === 0) throw new RangeError('A comparison has at least one lane.')
  const labels = lanes.map(({ label }) => label)
  const twice = labels.find((label, index) => labels.indexOf(label) !== index)
  if (twice !== undefined) {
    throw new RangeError(`Two lanes are called "${twice}"; name one, for example "${twice}-2=${twice}".`)
  }
}

/** Asks for each text or file until it is there, then keeps it: every lane and repeat hears the same samples. */
function spokenOnce({ speech }: Pick<ComparePorts, 'speech'>): ComparePorts['speech'] {
  const known = new Map<string, Promise<Int16Array>>()
  return (request: SpeechRequest, signal: AbortSignal) => {
    const key = JSON.stringify(request)
    const present = known.get(key)
    if (present) return present
    const spoken = speech(request, signal)
    known.set(key, spoken)
    spoken.catch(() => known.delete(key))
    return spoken
  }
}
