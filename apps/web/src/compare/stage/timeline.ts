import { panned, zoomed, type AxisView } from '@parley/compare'

/** How much a button or key zooms. */
export const zoomStep = 1.6

/** The stretch of time all lanes show, and when they have to be drawn again. Nothing in it renders by itself. */
export interface Timeline extends Disposable {
  /** What is shown at this moment. */
  view(): AxisView
  /** Px for the lanes. */
  setWidth(width: number): void
  /** Zooms around a time, or around the middle. */
  zoom(factor: number, around?: number): void
  pan(byMs: number): void
  /** Follows the lanes again, or shows all of them. */
  fit(): void
  /** Moves so far that a time is seen. */
  reveal(at: number): void
  /** Draws at the next frame. */
  readonly invalidate: () => void
  /** Called at each frame that has something to draw; returns the way to stop. */
  onFrame(draw: () => void): () => void
}

/** Lanes that grow are drawn this seldom, ms: sound that is sent in time comes before smooth pictures. */
const liveFrameMs = 45

/** What a timeline follows until a person moves it. */
export interface TimelineOptions {
  /** All there is, ms. */
  readonly durationMs: () => number
  /** What is shown by itself. */
  readonly auto: () => { readonly from: number; readonly to: number }
  /** What moves by itself: lanes that grow, or the playhead. */
  readonly moves: () => 'live' | 'playing' | 'no'
}

/** A timeline that shows all. */
export function createTimeline(options: TimelineOptions): Timeline {
  const draws = new Set<() => void>()
  let width = 600
  let chosen: AxisView | undefined
  let frame: number | undefined
  let lastDraw = 0

  const view = (): AxisView => ({ ...(chosen ?? options.auto()), width })
  const invalidate = (): void => {
    frame ??= requestAnimationFrame((time) => {
      frame = undefined
      const moves = options.moves()
      if (moves !== 'live' || time - lastDraw >= liveFrameMs) {
        lastDraw = time
        for (const draw of draws) draw()
      }
      if (moves !== 'no') invalidate()
    })
  }
  const choose = (next: AxisView): void => {
    chosen = next
    invalidate()
  }
  return {
    view,
    invalidate,
    setWidth(next) {
      width = Math.max(1, next)
      invalidate()
    },
    zoom(factor, around) {
      const now = view()
      choose(zoomed(now, factor, around ?? (now.from + now.to) / 2, options.durationMs()))
    },
    pan: (byMs) => choose(panned(view(), byMs, options.durationMs())),
    fit() {
      chosen = undefined
      invalidate()
    },
    reveal(at) {
      const now = view()
      const span = now.to - now.from
      if (at >= now.from && at <= now.to) return
      choose(panned(now, at - now.from - span * 0.1, options.durationMs()))
    },
    onFrame(draw) {
      draws.add(draw)
      invalidate()
      return () => draws.delete(draw)
    },
    [Symbol.dispose]: () => {
      if (frame !== undefined) cancelAnimationFrame(frame)
      frame = undefined
      draws.clear()
    },
  }
}
