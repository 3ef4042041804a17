/** A stretch of the session's sound in ms from its start. */
export interface SoundSpan {
  readonly startMs: number
  readonly endMs: number
}
