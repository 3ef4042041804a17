import type { Comparison } from '@parley/compare'
import type { StorageProblem } from '../runs/run-store.ts'
import type { Problem } from '../session/problem.ts'
import type { LaneTrack } from './lane-track.ts'
import type { Plan } from './plan.ts'

/** What the compare view shows of a comparison. A new object for every change; tracks grow in place. */
export interface ComparisonState {
  readonly phase: 'idle' | 'running' | 'stopping' | 'done'
  readonly plan: Plan | undefined
  /** One for every pass, lanes in their order within a repeat. */
  readonly tracks: readonly LaneTrack[]
  /** The repeat that is looked at. */
  readonly repeat: number
  readonly comparison: Comparison | undefined
  /** Where it was kept. */
  readonly kept: 'no' | 'keeping' | 'kept' | StorageProblem
  /** Why it did not begin, or what the microphone lacks. */
  readonly problem: Problem | undefined
  /** The person is recorded at this moment. */
  readonly recording: boolean
}

/** Nothing compared yet. */
export const nothingCompared: ComparisonState = {
  phase: 'idle',
  plan: undefined,
  tracks: [],
  repeat: 0,
  comparison: undefined,
  kept: 'no',
  problem: undefined,
  recording: false,
}
