// Memory: blocks of any size, kept for the next stream of the same size when given back.
const headerBytes: usize = 16

let released: usize = 0
let end: usize = 0

/** Block of `bytes`, aligned to 16; 0 when memory does not grow any more. */
export function acquire(bytes: usize): usize {
  let before: usize = 0
  for (let block = released; block != 0; block = load<usize>(block, 4)) {
    if (load<usize>(block) == bytes) {
      const next = load<usize>(block, 4)
      if (before == 0) released = next
      else store<usize>(before, next, 4)
      return block + headerBytes
    }
    before = block
  }
  if (end == 0) end = (__heap_base + 15) & ~15
  const block = end
  const needed = block + headerBytes + ((bytes + 15) & ~15)
  const have = <usize>memory.size() << 16
  if (needed > have && memory.grow(<i32>((needed - have + 65535) >> 16)) < 0) return 0
  end = needed
  store<usize>(block, bytes)
  return block + headerBytes
}

/** Gives a block back. */
export function release(address: usize): void {
  const block = address - headerBytes
  store<usize>(block, released, 4)
  released = block
}

export { forward, inverse } from './fourier'
import { forward, inverse } from './fourier'

// A ring is `slots` rows of `stride` bytes; partition p lies in row (row + p) modulo slots.

// @ts-ignore: decorator
@inline
function nextRow(row: i32, slots: i32): i32 {
  return row + 1 == slots ? 0 : row + 1
}

/** Sum over partitions of spectrum times weights, four bins at a time. */
export function filter(
  ring: usize,
  slots: i32,
  stride: usize,
  row: i32,
  partitions: i32,
  width: usize,
  weights: usize,
  output: usize,
): void {
  let k: usize = 0
  for (; k + 64 <= width; k += 64) {
    let a0 = f64x2.splat(0)
    let a1 = f64x2.splat(0)
    let a2 = f64x2.splat(0)
    let a3 = f64x2.splat(0)
    let b0 = f64x2.splat(0)
    let b1 = f64x2.splat(0)
    let b2 = f64x2.splat(0)
    let b3 = f64x2.splat(0)
    let r = row
    let w = weights + k
    for (let p = 0; p < partitions; p++) {
      const x = ring + <usize>r * stride + k
      const x0 = v128.load(x)
      const x1 = v128.load(x, 16)
      const x2 = v128.load(x, 32)
      const x3 = v128.load(x, 48)
      a0 = f64x2.add(a0, f64x2.mul(x0, v128.load64_splat(w)))
      b0 = f64x2.add(b0, f64x2.mul(x0, v128.load64_splat(w, 8)))
      a1 = f64x2.add(a1, f64x2.mul(x1, v128.load64_splat(w, 16)))
      b1 = f64x2.add(b1, f64x2.mul(x1, v128.load64_splat(w, 24)))
      a2 = f64x2.add(a2, f64x2.mul(x2, v128.load64_splat(w, 32)))
      b2 = f64x2.add(b2, f64x2.mul(x2, v128.load64_splat(w, 40)))
      a3 = f64x2.add(a3, f64x2.mul(x3, v128.load64_splat(w, 48)))
      b3 = f64x2.add(b3, f64x2.mul(x3, v128.load64_splat(w, 56)))
      w += width
      r = nextRow(r, slots)
    }
    v128.store(output + k, joined(a0, b0))
    v128.store(output + k, joined(a1, b1), 16)
    v128.store(output + k, joined(a2, b2), 32)
    v128.store(output + k, joined(a3, b3), 48)
  }
  for (; k < width; k += 16) {
    let a = f64x2.splat(0)
    let b = f64x2.splat(0)
    let r = row
    let w = weights + k
    for (let p = 0; p < partitions; p++) {
      const x = v128.load(ring + <usize>r * stride + k)
      a = f64x2.add(a, f64x2.mul(x, v128.load64_splat(w)))
      b = f64x2.add(b, f64x2.mul(x, v128.load64_splat(w, 8)))
      w += width
      r = nextRow(r, slots)
    }
    v128.store(output + k, joined(a, b))
  }
}

/** (r1, i1) and (r2, i2) to (r1 - i2, i1 + r2). */
// @ts-ignore: decorator
@inline
function joined(a: v128, b: v128): v128 {
  return f64x2.add(a, f64x2.mul(v128.shuffle<f64>(b, b, 1, 0), f64x2(-1, 1)))
}

/** Powers of two neighbouring complex numbers. */
// @ts-ignore: decorator
@inline
function powers(first: v128, second: v128): v128 {
  const re = v128.shuffle<f64>(first, second, 0, 2)
  const im = v128.shuffle<f64>(first, second, 1, 3)
  return f64x2.add(f64x2.mul(re, re), f64x2.mul(im, im))
}

/** Sum over partitions of the power of the spectrum times the variance. */
export function expectedPower(
  ring: usize,
  slots: i32,
  stride: usize,
  row: i32,
  partitions: i32,
  bins: usize,
  variance: usize,
  output: usize,
): void {
  const width = bins << 3
  let k: usize = 0
  for (; k + 16 <= width; k += 16) {
    let sum = f64x2.splat(0)
    let r = row
    let v = variance + k
    for (let p = 0; p < partitions; p++) {
      const x = ring + <usize>r * stride + 2 * k
      sum = f64x2.add(sum, f64x2.mul(powers(v128.load(x), v128.load(x, 16)), v128.load(v)))
      v += width
      r = nextRow(r, slots)
    }
    v128.store(output + k, sum)
  }
  for (; k < width; k += 8) {
    let sum: f64 = 0
    let r = row
    let v = variance + k
    for (let p = 0; p < partitions; p++) {
      const x = ring + <usize>r * stride + 2 * k
      const xr = load<f64>(x)
      const xi = load<f64>(x, 8)
      sum += (xr * xr + xi * xi) * load<f64>(v)
      v += width
      r = nextRow(r, slots)
    }
    store<f64>(output + k, sum)
  }
}

/** conj(x) * g. */
// @ts-ignore: decorator
@inline
function matched(x: v128, g: v128, turned: v128): v128 {
  return f64x2.add(
    f64x2.mul(g, v128.shuffle<f64>(x, x, 0, 0)),
    f64x2.mul(turned, v128.shuffle<f64>(x, x, 1, 1)),
  )
}

/** (gi, -gr). */
// @ts-ignore: decorator
@inline
function turn(g: v128): v128 {
  return f64x2.mul(v128.shuffle<f64>(g, g, 1, 0), f64x2(1, -1))
}

/** One step of the Kalman filter for weights and their variance. */
export function adapt(
  ring: usize,
  slots: i32,
  stride: usize,
  row: i32,
  partitions: i32,
  bins: usize,
  weights: usize,
  variance: usize,
  gain: usize,
  certainty: usize,
  persistence: f64,
): void {
  let w = weights
  let v = variance
  let r = row
  const keep = f64x2.splat(persistence)
  const renew = f64x2.splat(1 - persistence)
  const one = f64x2.splat(1)
  const half = f64x2.splat(0.5)
  for (let p = 0; p < partitions; p++) {
    const x = ring + <usize>r * stride
    let k: usize = 0
    for (; k + 2 <= bins; k += 2) {
      const at = k << 4
      const x0 = v128.load(x + at)
      const x1 = v128.load(x + at, 16)
      const g0 = v128.load(gain + at)
      const g1 = v128.load(gain + at, 16)
      const before = v128.load(v + (k << 3))
      const step0 = f64x2.mul(v128.shuffle<f64>(before, before, 0, 0), matched(x0, g0, turn(g0)))
      const step1 = f64x2.mul(v128.shuffle<f64>(before, before, 1, 1), matched(x1, g1, turn(g1)))
      const w0 = f64x2.add(v128.load(w + at), step0)
      const w1 = f64x2.add(v128.load(w + at, 16), step1)
      v128.store(w + at, w0)
      v128.store(w + at, w1, 16)
      const learnt = f64x2.mul(f64x2.mul(before, powers(x0, x1)), v128.load(certainty + (k << 3)))
      const after = f64x2.mul(f64x2.mul(keep, before), f64x2.sub(one, f64x2.mul(half, learnt)))
      v128.store(v + (k << 3), f64x2.add(after, f64x2.mul(renew, powers(w0, w1))))
    }
    for (; k < bins; k++) {
      const at = k << 4
      const xr = load<f64>(x + at)
      const xi = load<f64>(x + at, 8)
      const gr = load<f64>(gain + at)
      const gi = load<f64>(gain + at, 8)
      const before = load<f64>(v + (k << 3))
      const wr = load<f64>(w + at) + before * (gr * xr + gi * xi)
      const wi = load<f64>(w + at, 8) + before * (gi * xr - gr * xi)
      store<f64>(w + at, wr)
      store<f64>(w + at, wi, 8)
      const learnt = before * (xr * xr + xi * xi) * load<f64>(certainty + (k << 3))
      store<f64>(
        v + (k << 3),
        persistence * before * (1 - 0.5 * learnt) + (1 - persistence) * (wr * wr + wi * wi),
      )
    }
    w += bins << 4
    v += bins << 3
    r = nextRow(r, slots)
  }
}

/** Zeroes the second half of the response of one partition; `scratch` holds 2n numbers. */
export function constrain(spectrum: usize, scratch: usize, plan: usize): void {
  const half = load<usize>(plan) << 3
  inverse(spectrum, scratch, plan)
  memory.fill(scratch + half, 0, half)
  forward(scratch, spectrum, plan)
}

/** Cross spectra of `near` with every row of the ring, and their power a lag. */
export function correlate(
  ring: usize,
  slots: i32,
  stride: usize,
  row: i32,
  near: usize,
  cross: usize,
  scores: usize,
  keep: f64,
): void {
  const kept = f64x2.splat(keep)
  let r = row
  for (let lag = 0; lag < slots; lag++) {
    const x = ring + <usize>r * stride
    const c = cross + <usize>lag * stride
    let score = f64x2.splat(0)
    for (let k: usize = 0; k < stride; k += 16) {
      const n = v128.load(near + k)
      const sum = f64x2.add(f64x2.mul(kept, v128.load(c + k)), matched(v128.load(x + k), n, turn(n)))
      v128.store(c + k, sum)
      score = f64x2.add(score, f64x2.mul(sum, sum))
    }
    store<f64>(scores + (<usize>lag << 3), f64x2.extract_lane(score, 0) + f64x2.extract_lane(score, 1))
    r = nextRow(r, slots)
  }
}
