import { decode, encode } from './samples'
import { foldPhase, foldPhases } from './folded'
import { sum } from './window'

export { decode, encode }

/** Takes memory up to byte `end`. */
export function reserve(end: i32): void {
  const pages = ((end + 65535) >> 16) - memory.size()
  if (pages > 0) memory.grow(pages)
}

/** Spreads `count` samples at `samples` over `down` rows `stride` bytes apart: sample i goes to row i mod down. */
export function deal(samples: usize, rows: usize, stride: usize, down: i32, count: i32): void {
  for (let row = 0; row < down; row++) {
    let to = rows + <usize>row * stride
    const end = samples + (<usize>count << 2)
    for (let at = samples + (<usize>row << 2); at < end; at += <usize>down << 2) {
      f32.store(to, f32.load(at))
      to += 4
    }
  }
}

/**
 * All phases of `periods` periods. `table` holds `units` records of five integers: phase, the phase it mirrors (or itself),
 * leftmost and rightmost sample, pairs of samples; the coefficients follow the records. Phase p is written to row p of `output`.
 */
export function folded(
  table: usize,
  units: i32,
  rows: usize,
  stride: usize,
  down: i32,
  output: usize,
  outputStride: usize,
  periods: i32,
): void {
  let coefficients = table + <usize>(units * 20)
  for (let unit = 0; unit < units; unit++) {
    const phase = i32.load(table)
    const mirror = i32.load(table, 4)
    const left = i32.load(table, 8)
    const right = i32.load(table, 12)
    const pairs = i32.load(table, 16)
    const first = output + <usize>phase * outputStride
    if (mirror === phase) {
      foldPhase(rows, stride, down, left, right, pairs, coefficients, first, periods)
      coefficients += <usize>pairs << 2
    } else {
      const second = output + <usize>mirror * outputStride
      foldPhases(rows, stride, down, left, right, pairs, coefficients, first, second, periods)
      coefficients += <usize>pairs << 3
    }
    table += 20
  }
}

/** Outputs one after another, each the sum of one window with the row of its phase. */
export function windowed(
  table: usize,
  taps: i32,
  samples: usize,
  start: i32,
  phase: i32,
  up: i32,
  down: i32,
  output: usize,
  count: i32,
): void {
  for (let i = 0; i < count; i++) {
    f32.store(output, sum(samples + (<usize>start << 2), table + (<usize>(phase * taps) << 2), taps))
    output += 4
    phase += down
    start += phase / up
    phase = phase % up
  }
}

/** Outputs at `origin + i * step / per` for i from `first`, in samples, each between the two nearest of `phases` rows. */
export function interpolated(
  table: usize,
  taps: i32,
  phases: i32,
  samples: usize,
  origin: f64,
  step: f64,
  per: f64,
  first: f64,
  base: f64,
  output: usize,
  count: i32,
): void {
  for (let i = 0; i < count; i++) {
    const time = origin + ((first + <f64>i) * step) / per
    const whole = Math.floor(time)
    const place = (time - whole) * <f64>phases
    const phase = <i32>place
    const mix = <f32>(place - <f64>phase)
    const at = samples + (<usize>(<i32>(whole - base)) << 2)
    const row = table + (<usize>(phase * taps) << 2)
    const lower = sum(at, row, taps)
    const upper = sum(at, row + (<usize>taps << 2), taps)
    f32.store(output, lower + mix * (upper - lower))
    output += 4
  }
}

/** `count` samples of the `up` rows taken in turn, from the row and column of sample `skip` on. */
export function collect(rows: usize, stride: usize, up: i32, skip: i32, output: usize, count: i32): void {
  for (let i = 0; i < up; i++) {
    const sample = skip + i
    let from = rows + <usize>(sample % up) * stride + (<usize>(sample / up) << 2)
    const end = output + (<usize>count << 2)
    for (let to = output + (<usize>i << 2); to < end; to += <usize>up << 2) {
      f32.store(to, f32.load(from))
      from += 4
    }
  }
}
