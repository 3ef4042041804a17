/** One line of a spectrum. */
export interface Line {
  /** Power of a sine of that frequency: half the square of its amplitude. */
  readonly power: number
  /** Phase at the end of the window, in radians. */
  readonly phase: number
}

/** Hann window of `length` samples. */
export function hann(length: number): Float64Array {
  return Float64Array.from({ length }, (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * (i + 0.5)) / length))
}

/** The line at `radians` a sample of windowed samples (Goertzel 1958); `windowSum` is the sum of the window. */
export function goertzel(windowed: Float64Array, radians: number, windowSum: number): Line {
  const factor = 2 * Math.cos(radians)
  let last = 0
  let before = 0
  for (let i = 0; i < windowed.length; i++) {
    const next = (windowed[i] ?? 0) + factor * last - before
    before = last
    last = next
  }
  const re = last - before * Math.cos(radians)
  const im = before * Math.sin(radians)
  return { power: (2 * (re * re + im * im)) / (windowSum * windowSum), phase: Math.atan2(im, re) }
}

/** `angle` within half a turn of zero. */
export function wrapped(angle: number): number {
  return angle - 2 * Math.PI * Math.round(angle / (2 * Math.PI))
}
