/** Moments of a recorded turn, in ms from when the person begins to speak. */
export interface RecordedTurn {
  /** The server tells that it hears speech. */
  readonly speechHeard: number
  readonly speechEnd: number
  /** Recognition begins with what was said so far. */
  readonly aheadFrom: number
  /** The silence window has passed. */
  readonly turnEnd: number
  readonly words: number
  readonly firstText: number
  /** As heard by the person. */
  readonly firstSound: number
  /** The last of the answer was sent. */
  readonly sent: number
  readonly interruption: number
  readonly silence: number
  readonly interruptionEnd: number
}

/**
 * The first exchange of one pass of `parley compare --backends local --scenario barge-in` with all defaults, on two
 * virtual cores on 2026-11-23, 2 of 745 frames sent late. `aheadFrom` is the end of speech and the 96 ms of silence
 * after which the local backend reads ahead.
 */
export const recordedTurn: RecordedTurn = {
  speechHeard: 145,
  speechEnd: 2131,
  aheadFrom: 2227,
  turnEnd: 2647,
  words: 2652,
  firstText: 2660,
  firstSound: 2670,
  sent: 2797,
  interruption: 4707,
  silence: 4804,
  interruptionEnd: 5890,
}

/** What the picture shows (ms). */
export const shownMs = 6000

/** The part that is enlarged below it (ms). */
export const enlarged = { from: 2050, to: 2830 } as const
