import type { LaneTrack } from '../lane-track.ts'

/** A lane as it is shown: where it stands, and what it may be called. */
export interface ShownLane {
  readonly track: LaneTrack
  /** Label of the lane, which never shows in a blind comparison. */
  readonly label: string
  /** Letter; a digit in a blind comparison, where letters would tell the order of the setup. */
  readonly letter: string
  /** Name of its colour: `a` to `d`. */
  readonly color: string
  /** What people read: the letter alone while names are hidden. */
  readonly name: string
  /** Backend and model; empty while names are hidden. */
  readonly about: string
}
