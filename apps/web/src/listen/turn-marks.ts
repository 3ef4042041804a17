/** What happened, in the words of the speech gate. */
export const markKinds = ['tentative', 'started', 'misfire', 'pause', 'resumed', 'stopped'] as const

/** One kind of mark. */
export type MarkKind = (typeof markKinds)[number]

/** A moment in the sound that the detection noticed. */
export interface TurnMark {
  readonly kind: MarkKind
  /** The moment that is meant, ms from the start. */
  readonly atMs: number
  /** When enough had been heard to know it. */
  readonly knownMs: number
  /** At a pause of semantic detection: how finished the turn sounded, in [0, 1]. */
  readonly score?: number
}

/** One turn of the speaker. Times in ms from the start of the sound. */
export interface HeardTurn {
  /** Where the sound begins that is sent on: the onset less its padding. */
  readonly paddedMs: number
  readonly onsetMs: number
  /** End of speech, which a pause may be taken for; `undefined` while speech goes on. */
  readonly endMs: number | undefined
  /** End of the sound that is sent on: the end of speech with its tail. */
  readonly sentMs: number | undefined
  /** When the turn was over: the silence is heard out. `undefined` while it is open. */
  readonly stopMs: number | undefined
  /** Pauses in which it was taken up again. */
  readonly pauses: number
}
