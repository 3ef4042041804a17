/** What there is of a turn when somebody is asked whether it is over. */
export interface TurnSoFar {
  /** Sound of the turn at 16 kHz up to now, its silence included; its last 8 s suffice. */
  readonly samples: Float32Array
  /** What was said so far, `undefined` where nobody has written it down. */
  readonly text?: string | undefined
  /** BCP 47 tags the user may speak; none = any. */
  readonly languages?: readonly string[] | undefined
}

/** Judges at a pause whether the user has finished. */
export interface EndOfTurnScorer {
  /** How likely the turn is over, in [0, 1]. */
  score(turn: TurnSoFar): number | Promise<number>
}
