import { columns, fold } from './folded'
import { decode, encode } from './samples'
import { sum } from './window'

export { decode, encode }

/** Takes memory up to byte `end`. */
export function reserve(end: i32): void {
  const pages = ((end + 65535) >> 16) - memory.size()
  if (pages > 0) memory.grow(pages)
}

/** Copies `length` bytes; the places may overlap. */
export function move(to: usize, from: usize, length: usize): void {
  memory.copy(to, from, length)
}

/**
 * All outputs of `periods` periods of `up` outputs and `down` samples, in turn. `table` holds `units` records of seven integers as
 * `fold` wants them; the coefficients follow the records. `scratch` is for 16 bytes a sample of `count`.
 */
export function folded(
  table: usize,
  units: i32,
  samples: usize,
  count: i32,
  scratch: usize,
  down: i32,
  output: usize,
  up: i32,
  periods: i32,
): void {
  columns(samples, down, scratch, count)
  let coefficients = table + <usize>(units * 28)
  for (let unit = 0; unit < units; unit++) {
    fold(table, coefficients, scratch, down, output, up, periods)
    coefficients += <usize>i32.load(table, 24) << 4
    table += 28
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
