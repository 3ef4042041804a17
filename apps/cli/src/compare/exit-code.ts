import type { Comparison, ThresholdResult } from '@parley/compare'
import { exitCodes } from '../command-failure.ts'
import type { ExitCode } from '../command-failure.ts'

/**
 * A stopped comparison is no good news for a script, whatever was measured until then. A violated threshold is told
 * before anything that went wrong beside it: it is what the script asked about.
 */
export function exitCodeOf({
  comparisons,
  judged,
  isStopped,
  isWritten,
}: {
  readonly comparisons: readonly Pick<Comparison, 'lanes' | 'runs'>[]
  readonly judged: readonly Pick<ThresholdResult, 'verdict'>[]
  readonly isStopped: boolean
  readonly isWritten: boolean
}): ExitCode {
  if (isStopped) return exitCodes.interrupted
  if (judged.some(({ verdict }) => verdict !== 'passed')) return exitCodes.failed
  const isWhole = comparisons.every(({ lanes, runs }) =>
    lanes.every(({ label }) =>
      runs.some(({ lane, outcome }) => lane.label === label && outcome === 'completed'),
    ),
  )
  return isWhole && isWritten ? exitCodes.good : exitCodes.couldNotRun
}
