/** The stretch of a lane's axis that is shown, and where. */
export interface AxisView {
  /** Times at the left and right edge, ms. */
  readonly from: number
  readonly to: number
  /** Px. */
  readonly width: number
}

/** One time on the axis. */
export interface Tick {
  readonly x: number
  readonly at: number
  /** Seconds, with as many digits as the distance between ticks needs: `1.5 s`. */
  readonly label: string
}

/** Least distance between two ticks with a label, px. */
const tickDistance = 72

/** Shortest stretch that can be shown, ms. */
const shortestMs = 100

/** Where a time is, px from the left; outside of the width for what is not shown. */
export function xOf(at: number, { from, to, width }: AxisView): number {
  return ((at - from) / (to - from)) * width
}

/** Time at a place, ms. */
export function timeAt(x: number, { from, to, width }: AxisView): number {
  return from + (x / width) * (to - from)
}

/** Times with a label: multiples of 1, 2 or 5 times a power of ten. */
export function timeTicks(view: AxisView, language = 'en'): readonly Tick[] {
  const least = ((view.to - view.from) / Math.max(1, view.width)) * tickDistance
  const power = 10 ** Math.floor(Math.log10(least))
  const distance = [1, 2, 5, 10].map((factor) => factor * power).find((ms) => ms >= least) ?? 10 * power
  const digits = Math.max(0, 3 - Math.floor(Math.log10(distance) + 1e-9))
  const seconds = new Intl.NumberFormat(language, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  })
  const ticks: Tick[] = []
  for (let count = Math.ceil(view.from / distance); count * distance <= view.to; count += 1) {
    // Never minus zero, which would be written with its sign.
    const at = count * distance + 0
    ticks.push({ x: xOf(at, view), at, label: `${seconds.format(at / 1000)} s` })
  }
  return ticks
}

/** The view at `factor` of its stretch around a time that keeps its place, within 0 and `durationMs`. */
export function zoomed(view: AxisView, factor: number, around: number, durationMs: number): AxisView {
  const length = Math.min(durationMs, Math.max(shortestMs, (view.to - view.from) * factor))
  const share = (around - view.from) / (view.to - view.from)
  return within(view, around - share * length, length, durationMs)
}

/** The view moved by a time, within 0 and `durationMs`. */
export function panned(view: AxisView, byMs: number, durationMs: number): AxisView {
  return within(view, view.from + byMs, view.to - view.from, durationMs)
}

function within(view: AxisView, wanted: number, length: number, durationMs: number): AxisView {
  const from = Math.max(0, Math.min(wanted, durationMs - length))
  return { ...view, from, to: from + length }
}
