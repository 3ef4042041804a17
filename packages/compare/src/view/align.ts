import type { LaneRun } from '../run/lane-run.ts'

/** Lanes side by side on one axis that begins at 0. */
export interface Alignment {
  /** For each run, what is added to its times to be on the axis, ms. */
  readonly offsets: readonly number[]
  /** Time on the axis that people read as 0, ms. */
  readonly origin: number
  readonly durationMs: number
}

/**
 * Puts runs on one axis: by `speech`, the first thing the person says or types is at the same place in each, so that
 * waits can be compared by eye; by `connection`, their connections begin together.
 */
export function align(runs: readonly LaneRun[], by: 'speech' | 'connection'): Alignment {
  const firsts = runs.map((run) => (by === 'speech' ? firstWordAt(run) : 0))
  const origin = Math.max(0, ...firsts)
  const offsets = firsts.map((first) => origin - first)
  return {
    offsets,
    origin,
    durationMs: Math.max(0, ...runs.map((run, index) => run.durationMs + (offsets[index] ?? 0))),
  }
}

function firstWordAt({ marks }: LaneRun): number {
  const first = marks.find(({ type }) => type === 'speech_start' || type === 'text_sent')
  return first?.at ?? marks.find(({ type }) => type === 'session_ready')?.at ?? 0
}
