import { integers } from '../pcm/integers'
import { columns } from './columns'
import { sum } from './sum'
import { zero } from './zero'

/** Writes the lanes `stride` bytes apart. */
function scatter(output: usize, stride: usize, lanes: v128): void {
  v128.store_lane<f32>(output, lanes, 0)
  v128.store_lane<f32>(output + stride, lanes, 1)
  v128.store_lane<f32>(output + 2 * stride, lanes, 2)
  v128.store_lane<f32>(output + 3 * stride, lanes, 3)
}

function four(table: usize, output: usize, stride: usize, a: v128, b: v128, c: v128, d: v128): void {
  scatter(output + (integer(table, 0) << 2), stride, f32x4.add(a, b))
  scatter(output + (integer(table, 1) << 2), stride, f32x4.add(c, d))
  scatter(output + (integer(table, 2) << 2), stride, f32x4.sub(c, d))
  scatter(output + (integer(table, 3) << 2), stride, f32x4.sub(a, b))
}

// @ts-ignore: a decorator
@inline
function addProduct(sum: v128, x: v128, coefficient: v128): v128 {
  return f32x4.add(sum, f32x4.mul(x, coefficient))
}

// @ts-ignore: a decorator
@inline
function integer(place: usize, index: usize): usize {
  return <usize>(<i32>f32.load(place + (index << 2)))
}

/**
 * All outputs of `periods` periods, rounded up to four, of `up` outputs and `down` samples; `table` up to `end` is a folded table.
 * Four outputs at a time lie symmetrically around one place: the first mirrors the fourth, the second the third. The even part of
 * two that mirror each other comes from the sums of the pairs of samples, the odd part from the differences, and both pairs of
 * outputs share these. `scratch` is for 16 bytes a sample of `count`.
 */
export function folded(
  table: usize,
  end: usize,
  samples: usize,
  count: i32,
  scratch: usize,
  down: i32,
  output: usize,
  up: i32,
  periods: i32,
): void {
  columns(samples, down, scratch, count)
  const stride = <usize>up << 2
  const step = <usize>down << 6
  while (table < end) {
    const coefficients = table + 28
    const next = coefficients + (integer(table, 6) << 4)
    let left = scratch + (integer(table, 4) << 4)
    let right = scratch + (integer(table, 5) << 4)
    let to = output
    for (let i = 0; i < periods; i += 8) {
      let l = left
      let r = right
      let a = zero()
      let b = a
      let c = a
      let d = a
      let e = a
      let f = a
      let g = a
      let h = a
      for (let at = coefficients; at < next; at += 16) {
        let x = v128.load(l)
        let y = v128.load(r)
        const evens = f32x4.add(x, y)
        const odds = f32x4.sub(x, y)
        x = v128.load(l + step)
        y = v128.load(r + step)
        const otherEvens = f32x4.add(x, y)
        const otherOdds = f32x4.sub(x, y)
        let k = v128.load32_splat(at)
        a = addProduct(a, evens, k)
        e = addProduct(e, otherEvens, k)
        k = v128.load32_splat(at, 4)
        b = addProduct(b, odds, k)
        f = addProduct(f, otherOdds, k)
        k = v128.load32_splat(at, 8)
        c = addProduct(c, evens, k)
        g = addProduct(g, otherEvens, k)
        k = v128.load32_splat(at, 12)
        d = addProduct(d, odds, k)
        h = addProduct(h, otherOdds, k)
        l += 16
        r -= 16
      }
      four(table, to, stride, a, b, c, d)
      to += 4 * stride
      four(table, to, stride, e, f, g, h)
      to += 4 * stride
      left += 2 * step
      right += 2 * step
    }
    table = next
  }
}

/**
 * Outputs at `origin + i * step / per` for i from `first`, in samples, each with its row of `steps` rows a sample, or between the
 * two nearest unless every one lies on a row exactly.
 */
export function placed(
  table: usize,
  taps: i32,
  steps: i32,
  isExact: bool,
  samples: usize,
  origin: f64,
  step: f64,
  per: f64,
  first: f64,
  base: f64,
  output: usize,
  count: i32,
): void {
  const rowBytes = <usize>taps << 2
  let at: usize = 0
  let row: usize = 0
  let mix: f32 = 0
  // The place of an output is found while the one before is summed up: the division takes as long as half a sum.
  for (let i = -1; i < count; i++) {
    const time = origin + (first * step) / per
    const whole = Math.floor(time)
    let place = (time - whole) * <f64>steps
    if (isExact) place = nearest(place)
    const floor = Math.floor(place)
    if (i >= 0) {
      let value: f32 = 0
      let weight: f32 = 1
      for (let rows = mix == 0 ? 1 : 2; rows > 0; rows--) {
        value += weight * (sum(at, row, taps) - value)
        weight = mix
        row += rowBytes
      }
      f32.store(output + (<usize>i << 2), value)
    }
    at = samples + (<usize>(<i32>(whole - base)) << 2)
    row = table + <usize>(<i32>floor) * rowBytes
    mix = <f32>(place - floor)
    first++
  }
}

/** `count` floats at `from` to 16-bit samples at `to`, clamped. Reads and writes up to 12 bytes too many. */
export function encode(from: usize, to: usize, count: i32): void {
  const end = to + (<usize>count << 1)
  for (; to < end; to += 8) {
    const four = integers(v128.load(from))
    v128.store_lane<i64>(to, i16x8.narrow_i32x4_s(four, four), 0)
    from += 16
  }
}
