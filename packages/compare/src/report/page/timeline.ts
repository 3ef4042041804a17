import type { AxisView } from '../../view/axis.ts'

/** What keys and pointers can do with a timeline. Times are ms on its shared axis. */
export interface Timeline {
  readonly root: HTMLElement
  togglePlay(): void
  playLane(lane: number): void
  seek(at: number): void
  seekBy(ms: number): void
  /** Below 1 shows less; around a time, or around the playhead. */
  zoom(factor: number, around?: number): void
  zoomAll(): void
  pan(ms: number): void
  changeRepeat(by: number): void
  readonly view: AxisView
}
