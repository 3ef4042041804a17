import type { LaneRun } from '../run/lane-run.ts'
import type { Scenario } from '../scenario/scenario.ts'

/** Names of measures, as thresholds, tables and exports use them. */
export type MeasureName =
  | 'connect'
  | 'session_ready'
  | 'first_transcript'
  | 'first_text'
  | 'first_audio'
  | 'interruption'
  | 'false_interruptions'
  | 'turn_errors'
  | 'wer'
  | 'expected'
  | 'tokens_in'
  | 'tokens_out'
  | 'cost'
  | 'late_frames'
  | 'underruns'

/** One measure: its definition and how it is read from a run. */
export interface Measure {
  readonly name: MeasureName
  readonly unit: 'ms' | 'ratio' | 'count' | 'tokens' | 'usd'
  /** Which way is good. */
  readonly better: 'lower' | 'higher'
  /** Observations in one run: one for each turn where it is a wait, one for the run where it is a total; empty where it does not apply. */
  readonly observe: (run: LaneRun, scenario: Scenario | undefined) => readonly number[]
}

/** Observations of one lane, over its repeats. */
export interface Summary {
  readonly count: number
  readonly median: number
  readonly p95: number
  readonly min: number
  readonly max: number
  /** Interquartile range. */
  readonly spread: number
  /** Too few observations for `p95` (fewer than 20) or for the median (fewer than 5). */
  readonly small: 'no' | 'p95' | 'median'
}
