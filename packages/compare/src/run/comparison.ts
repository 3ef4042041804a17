import type { Lane } from '../lane.ts'
import type { Scenario } from '../scenario/scenario.ts'
import type { LaneRun } from './lane-run.ts'

/** Several lanes on the same words, as it is kept, exported and reported. */
export interface Comparison {
  /** `cmp_...`. */
  readonly id: string
  readonly title: string
  /** Unix ms. */
  readonly createdAt: number
  /** `undefined` for a live capture (microphone, file or typed text outside of a scenario). */
  readonly scenario: Scenario | undefined
  readonly lanes: readonly Lane[]
  readonly repeats: number
  /** `together`: lanes run at once; `in turn`: one after the other, repeat by repeat. */
  readonly order: 'together' | 'in turn'
  readonly status: 'running' | 'completed' | 'stopped'
  readonly runs: readonly LaneRun[]
}
