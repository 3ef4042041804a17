import type { PriceModel } from '@parley/core'
import type { Lane } from '../lane.ts'
import type { Mark } from './mark.ts'

/** Sound on a lane's axis: PCM16 mono at `trackRate`. `at` is ms of its first sample. */
export interface Segment {
  readonly at: number
  readonly samples: Int16Array
  /** Answer it belongs to, on the output track. */
  readonly responseId?: string
}

/** Samples a second of every track, Hz. */
export const trackRate = 24_000

/** Tokens of a lane, as the backend counted them; `textIn` and `audioIn` count the cached ones too, as the wire does. */
export interface UsageTotals {
  readonly textIn: number
  readonly textCachedIn: number
  readonly audioIn: number
  readonly audioCachedIn: number
  readonly textOut: number
  readonly audioOut: number
}

/** Whether something a scenario expects came true. */
export interface ExpectationResult {
  readonly step: number
  readonly met: boolean
  /** What was expected, for people, for example `says "Ada" within 4 s`. */
  readonly expected: string
  /** What was there instead or in what time it came, ms. */
  readonly found: string
  readonly atMs?: number
}

/** What `found` says of an expectation that a failed pass did not come to. */
export const notReached = 'not reached'

/** Whether the pass came to this expectation: one it did not come to is neither met nor missed. */
export function wasReached({ met, found }: Pick<ExpectationResult, 'met' | 'found'>): boolean {
  return met || found !== notReached
}

/** One pass of one lane through a scenario or a live capture: facts only, measures are computed from it. */
export interface LaneRun {
  readonly lane: Lane
  /** Which repeat, from 0, in exports as JSON too; people and CSV count from 1. */
  readonly repeat: number
  /** Unix ms of 0 on the axis. */
  readonly startedAt: number
  readonly durationMs: number
  /** `stopped`: by the person; `failed`: see `problem`. What was done until then is here in every case. */
  readonly outcome: 'completed' | 'stopped' | 'failed'
  readonly problem?: { readonly code: string; readonly message: string }
  readonly marks: readonly Mark[]
  /** What was sent. */
  readonly input: readonly Segment[]
  /** What was heard; sound that was cut is not in it. */
  readonly output: readonly Segment[]
  readonly expectations: readonly ExpectationResult[]
  /** `undefined` where the backend counted nothing. */
  readonly usage: UsageTotals | undefined
  /** Price of the lane's backend when it ran, with the model that answered. */
  readonly price: PriceModel
  readonly model: string
}
