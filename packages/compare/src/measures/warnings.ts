import type { Comparison } from '../run/comparison.ts'
import { compareLanes } from './compare-lanes.ts'
import type { MeasureName, Summary } from './measure.ts'
import { countedRuns, passesOf, type Passes } from './passes.ts'
import { isReplay } from './replay-lane.ts'

/** Sound is sent in frames of this length, ms. */
const frameMs = 20

/** Share of late frames from which waits are not to be trusted. */
const tooManyLate = 0.01

/** Something that makes the numbers of a comparison say less than they seem to. `warningText` says it for people. */
export type ComparisonWarning =
  /** Stopped and failed passes are not in the numbers. */
  | { readonly kind: 'left_out'; readonly passes: Passes }
  /** A lane has no numbers at all. */
  | { readonly kind: 'no_pass'; readonly lane: string; readonly passes: Passes }
  /** Lanes that play a recording and do not hear what is said. */
  | { readonly kind: 'replay'; readonly lanes: readonly string[] }
  /** The machine that measured sent this share (0 to 1) of the sound late. */
  | { readonly kind: 'busy'; readonly lateShare: number }
  /** Waits with so few observations that their median, or only their p95, is a matter of luck. */
  | {
      readonly kind: 'few'
      readonly small: Exclude<Summary['small'], 'no'>
      readonly waits: readonly { readonly measure: MeasureName; readonly lanes: readonly string[] }[]
    }

/** What to know before one believes the numbers of a comparison, the gravest first. */
export function warningsOf(comparison: Comparison): readonly ComparisonWarning[] {
  const { lanes } = comparison
  const labels = lanes.map(({ label }) => label)
  const all = passesOf(comparison)
  const without = all.begun === 0 ? [] : labels.filter((label) => passesOf(comparison, label).counted === 0)
  const isUnderWay = comparison.status === 'running'
  const replays = lanes.filter(isReplay).map(({ label }) => label)
  const late = lateShareOf(comparison)
  return [
    ...(all.counted < all.begun ? [{ kind: 'left_out' as const, passes: all }] : []),
    ...(isUnderWay
      ? []
      : without.map((lane) => ({ kind: 'no_pass' as const, lane, passes: passesOf(comparison, lane) }))),
    ...(replays.length === 0 ? [] : [{ kind: 'replay' as const, lanes: replays }]),
    ...(late < tooManyLate ? [] : [{ kind: 'busy' as const, lateShare: late }]),
    ...few(comparison, 'median'),
    ...few(comparison, 'p95'),
  ]
}

/** Share of the frames of all counted passes that were sent late. */
function lateShareOf(comparison: Comparison): number {
  const counted = comparison.lanes.flatMap(({ label }) => countedRuns(comparison, label))
  const frames = counted.reduce((sum, { durationMs }) => sum + durationMs / frameMs, 0)
  const late = counted.flatMap(({ marks }) => marks.filter(({ type }) => type === 'late_frame')).length
  return frames === 0 ? 0 : late / frames
}

function few(
  comparison: Comparison,
  small: Exclude<Summary['small'], 'no'>,
): readonly Extract<ComparisonWarning, { kind: 'few' }>[] {
  const rows = compareLanes(comparison)
  const isSpoken = rows.some(({ measure }) => measure.name === 'first_audio')
  const warned: readonly MeasureName[] = [isSpoken ? 'first_audio' : 'first_text', 'interruption']
  const waits = rows
    .filter(({ measure }) => warned.includes(measure.name))
    .map(({ measure, cells }) => ({
      measure: measure.name,
      lanes: cells.flatMap(({ label, summary }) => (summary?.small === small ? label : [])),
    }))
    .filter(({ lanes }) => lanes.length > 0)
  return waits.length === 0 ? [] : [{ kind: 'few', small, waits }]
}
