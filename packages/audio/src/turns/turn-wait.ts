import type { SemanticTurns } from './turn-settings.ts'

/** What the wait at a pause depends on. */
export interface WaitInput {
  /** Score in [0, 1] that the turn is over, `undefined` while nobody has judged it. */
  readonly score: number | undefined
  /** Pauses of this turn after which the user went on. */
  readonly resumedPauses: number
  /** The longest of them (ms). */
  readonly longestPauseMs: number
  /** A number is being read out and is not complete. */
  readonly readingDigits: boolean
}

/** Score at and under which a turn is certainly unfinished. */
const openScore = 0.1
/** Assumed while nobody has judged the turn. */
const unknownScore = 0.5
/** How much longer to wait for each pause in mid-sentence, and for how many of them. */
const stretchPerPause = 0.2
const mostStretchingPauses = 4
/** Longest pause seen in this turn, with room for one a little longer. */
const pauseMargin = 1.2
/** Between two groups of digits people pause for as long as this (ms). */
const digitPauseMs = 1600

/**
 * Silence after which the turn counts as over (ms), always between `minSilenceMs` and `maxSilenceMs`: the shorter
 * the surer the score, longer after pauses in mid-sentence and while digits are read.
 */
export function turnWaitMs(settings: SemanticTurns, input: WaitInput): number {
  const { minSilenceMs, maxSilenceMs, sureScore } = settings
  const { resumedPauses, longestPauseMs, readingDigits } = input
  const score = input.score ?? unknownScore
  const open = clamp((sureScore - score) / Math.max(sureScore - openScore, 1e-9), 0, 1)
  // On a scale of ratios: half as sure is a step as long as from sure to that.
  const floor = Math.max(minSilenceMs, 1)
  let waitMs = floor * (Math.max(maxSilenceMs, floor) / floor) ** open
  if (resumedPauses > 0) {
    waitMs *= 1 + stretchPerPause * Math.min(resumedPauses, mostStretchingPauses)
    // Someone who pauses long does it again, unless the sentence is certainly over.
    if (open > 0) waitMs = Math.max(waitMs, longestPauseMs * pauseMargin)
  }
  if (readingDigits) waitMs = Math.max(waitMs, digitPauseMs)
  return clamp(waitMs, minSilenceMs, maxSilenceMs)
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most)
}
