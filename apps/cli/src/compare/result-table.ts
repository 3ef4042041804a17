import { compareLanes, describeLane, passesOf, warningsOf, warningText, wasReached } from '@parley/compare'
import type { Comparison } from '@parley/compare'
import { failureReason } from './failure-reason.ts'
import { measureTable } from './measure-table.ts'

/** Lines that show what came of a comparison: measures of each lane and how they differ from the first one's. */
export function resultLines(
  comparison: Comparison,
  { width }: { readonly width: number },
): readonly string[] {
  const rows = compareLanes(comparison)
  const labels = comparison.lanes.map(({ label }) => label)
  const { counted } = passesOf(comparison)
  const how = comparison.order === 'together' ? 'lanes together' : 'lanes in turn'
  const stopped = comparison.status === 'stopped' ? ', stopped early' : ''
  return [
    `${comparison.title}: ${counted} of ${labels.length * comparison.repeats} passes, ${how}${stopped}`,
    ...legendLines(comparison),
    ...(rows.length === 0 ? ['Nothing was observed.'] : measureTable(labels, rows, { width })),
    ...problemLines(comparison),
    ...warningLines(comparison),
  ]
}

/** What lanes are beside their names, for those that are more. */
export function legendLines({ lanes }: Comparison): readonly string[] {
  return lanes.flatMap((lane) => {
    const settings = describeLane(lane, 'en')
    return settings === '' ? [] : [`${lane.label}: ${settings}`]
  })
}

/** What to know before one believes the numbers. Why a pass failed is in the lines of problems. */
export function warningLines(comparison: Comparison): readonly string[] {
  return warningsOf(comparison).map((warning) => warningText(warning, 'en'))
}

/** Passes that failed and expectations that were not met, each once with how often. */
function problemLines({ runs }: Comparison): readonly string[] {
  const said = runs.flatMap((run) => {
    const { lane, expectations } = run
    const failure = failureReason(run)
    return [
      ...(failure === undefined ? [] : [`${lane.label}: ${failure}`]),
      ...expectations
        .filter((expectation) => !expectation.met && wasReached(expectation))
        .map(({ expected, found }) => `${lane.label}: expected ${expected}, found ${found}`),
    ]
  })
  const counts = new Map<string, number>()
  for (const line of said) counts.set(line, (counts.get(line) ?? 0) + 1)
  return [...counts].map(([line, count]) => (count === 1 ? line : `${line} (${count} times)`))
}
