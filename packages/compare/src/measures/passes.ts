import type { Comparison } from '../run/comparison.ts'
import type { LaneRun } from '../run/lane-run.ts'

/** How many passes of a lane, or of a comparison, count. */
export interface Passes {
  /** Passes that came to their end: only they are measured. */
  readonly counted: number
  /** Passes that were begun. */
  readonly begun: number
  readonly stopped: number
  readonly failed: number
  /** Why the last of the failed ones failed, in the words of its problem. */
  readonly problem: string | undefined
}

/**
 * The passes of a lane whose observations count: those that came to their end, for what a stopped or failed one did
 * not come to is unknown and not wrong. While a comparison runs, what is known of passes under way counts too.
 */
export function countedRuns({ runs, status }: Comparison, label: string): readonly LaneRun[] {
  return runs.filter(({ lane, outcome }) => lane.label === label && counts(outcome, status))
}

/** Counts the passes of a lane; without `label`, of all lanes. */
export function passesOf({ runs, status }: Comparison, label?: string): Passes {
  const begun = runs.filter(({ lane }) => label === undefined || lane.label === label)
  const of = (outcome: LaneRun['outcome']): number => begun.filter((run) => run.outcome === outcome).length
  return {
    counted: begun.filter(({ outcome }) => counts(outcome, status)).length,
    begun: begun.length,
    stopped: of('stopped'),
    failed: of('failed'),
    problem: begun.findLast(({ problem }) => problem !== undefined)?.problem?.message,
  }
}

function counts(outcome: LaneRun['outcome'], status: Comparison['status']): boolean {
  return outcome === 'completed' || (outcome === 'stopped' && status === 'running')
}
