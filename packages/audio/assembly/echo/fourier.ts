// Real transforms of 2n samples by a complex one of length n: Stockham, radix 2, 3, 4 and 5, a complex number a vector.
// A plan is five 32-bit words: n, the radices (four bits each, the first stage lowest), and the addresses of the stages'
// factors, of the separation's factors, and of 4n numbers of work space.

const sin60: f64 = Math.sqrt(3.0) / 2.0
const cos72: f64 = (Math.sqrt(5.0) - 1.0) / 4.0
const cos144: f64 = -(Math.sqrt(5.0) + 1.0) / 4.0
const sin72: f64 = Math.sqrt(10.0 + 2.0 * Math.sqrt(5.0)) / 4.0
const sin144: f64 = Math.sqrt(10.0 - 2.0 * Math.sqrt(5.0)) / 4.0

// @ts-ignore: decorator
@inline
function swap(a: v128): v128 {
  return v128.shuffle<f64>(a, a, 1, 0)
}

/** -i * a. */
// @ts-ignore: decorator
@inline
function turned(a: v128): v128 {
  return f64x2.mul(swap(a), f64x2(1, -1))
}

/** Writes a times the factor at `w`. */
// @ts-ignore: decorator
@inline
function rotate(at: usize, a: v128, w: usize): void {
  const c = v128.load64_splat(w)
  const s = f64x2.mul(v128.load64_splat(w, 8), f64x2(-1, 1))
  v128.store(at, f64x2.add(f64x2.mul(a, c), f64x2.mul(swap(a), s)))
}

function radix2(input: usize, output: usize, groups: usize, step: usize, factors: usize): void {
  const half = step * groups
  let x = input
  let y = output
  for (let w = factors, stop = factors + (groups << 4); w < stop; w += 16) {
    for (let q: usize = 0; q < step; q += 16) {
      const a = v128.load(x + q)
      const b = v128.load(x + q + half)
      v128.store(y + q, f64x2.add(a, b))
      rotate(y + q + step, f64x2.sub(a, b), w)
    }
    x += step
    y += 2 * step
  }
}

function radix3(input: usize, output: usize, groups: usize, step: usize, factors: usize): void {
  const third = step * groups
  const half = f64x2.splat(0.5)
  let x = input
  let y = output
  for (let w = factors, stop = factors + groups * 32; w < stop; w += 32) {
    for (let q: usize = 0; q < step; q += 16) {
      const a = v128.load(x + q)
      const b = v128.load(x + q + third)
      const c = v128.load(x + q + 2 * third)
      const sum = f64x2.add(b, c)
      const rest = f64x2.sub(a, f64x2.mul(half, sum))
      const turn = f64x2.mul(turned(f64x2.sub(b, c)), f64x2.splat(sin60))
      v128.store(y + q, f64x2.add(a, sum))
      rotate(y + q + step, f64x2.add(rest, turn), w)
      rotate(y + q + 2 * step, f64x2.sub(rest, turn), w + 16)
    }
    x += step
    y += 3 * step
  }
}

function radix4(input: usize, output: usize, groups: usize, step: usize, factors: usize): void {
  const quarter = step * groups
  let x = input
  let y = output
  for (let w = factors, stop = factors + groups * 48; w < stop; w += 48) {
    for (let q: usize = 0; q < step; q += 16) {
      const a = v128.load(x + q)
      const b = v128.load(x + q + quarter)
      const c = v128.load(x + q + 2 * quarter)
      const d = v128.load(x + q + 3 * quarter)
      const even = f64x2.add(a, c)
      const odd = f64x2.add(b, d)
      const rest = f64x2.sub(a, c)
      const turn = turned(f64x2.sub(b, d))
      v128.store(y + q, f64x2.add(even, odd))
      rotate(y + q + step, f64x2.add(rest, turn), w)
      rotate(y + q + 2 * step, f64x2.sub(even, odd), w + 16)
      rotate(y + q + 3 * step, f64x2.sub(rest, turn), w + 32)
    }
    x += step
    y += 4 * step
  }
}

function radix5(input: usize, output: usize, groups: usize, step: usize, factors: usize): void {
  const fifth = step * groups
  let x = input
  let y = output
  for (let w = factors, stop = factors + groups * 64; w < stop; w += 64) {
    for (let q: usize = 0; q < step; q += 16) {
      const a = v128.load(x + q)
      const b = v128.load(x + q + fifth)
      const c = v128.load(x + q + 2 * fifth)
      const d = v128.load(x + q + 3 * fifth)
      const e = v128.load(x + q + 4 * fifth)
      const outer = f64x2.add(b, e)
      const inner = f64x2.add(c, d)
      const out = f64x2.sub(b, e)
      const into = f64x2.sub(c, d)
      const first = f64x2.add(a, scaled(outer, cos72, inner, cos144))
      const second = f64x2.add(a, scaled(outer, cos144, inner, cos72))
      const turn1 = turned(scaled(out, sin72, into, sin144))
      const turn2 = turned(
        f64x2.sub(f64x2.mul(out, f64x2.splat(sin144)), f64x2.mul(into, f64x2.splat(sin72))),
      )
      v128.store(y + q, f64x2.add(a, f64x2.add(outer, inner)))
      rotate(y + q + step, f64x2.add(first, turn1), w)
      rotate(y + q + 2 * step, f64x2.add(second, turn2), w + 16)
      rotate(y + q + 3 * step, f64x2.sub(second, turn2), w + 32)
      rotate(y + q + 4 * step, f64x2.sub(first, turn1), w + 48)
    }
    x += step
    y += 5 * step
  }
}

// @ts-ignore: decorator
@inline
function scaled(a: v128, first: f64, b: v128, second: f64): v128 {
  return f64x2.add(f64x2.mul(a, f64x2.splat(first)), f64x2.mul(b, f64x2.splat(second)))
}

/** Transform of n complex numbers; gives where the result lies. */
function complex(from: usize, plan: usize): usize {
  const length = load<usize>(plan)
  let radices = load<u32>(plan, 4)
  let factors = load<usize>(plan, 8)
  const work = load<usize>(plan, 16)
  const other = work + (length << 4)
  let input = from
  let output = from == work ? other : work
  let groups = length
  let step: usize = 16
  while (radices != 0) {
    const radix = <usize>(radices & 15)
    radices >>= 4
    groups /= radix
    if (radix == 4) radix4(input, output, groups, step, factors)
    else if (radix == 2) radix2(input, output, groups, step, factors)
    else if (radix == 3) radix3(input, output, groups, step, factors)
    else radix5(input, output, groups, step, factors)
    factors += ((radix - 1) * groups) << 4
    step *= radix
    input = output
    output = output == work ? other : work
  }
  return input
}

/** Spectrum of 2n samples: n + 1 complex numbers. */
export function forward(samples: usize, spectrum: usize, plan: usize): void {
  const length = load<usize>(plan)
  const separation = load<usize>(plan, 12)
  const z = complex(samples, plan)
  const first = load<f64>(z)
  const second = load<f64>(z, 8)
  store<f64>(spectrum, first + second)
  store<f64>(spectrum, 0, 8)
  const top = spectrum + (length << 4)
  store<f64>(top, first - second)
  store<f64>(top, 0, 8)
  const half = f64x2.splat(0.5)
  for (let k: usize = 1; k < length; k++) {
    const low = v128.load(z + (k << 4))
    const high = f64x2.mul(v128.load(z + ((length - k) << 4)), f64x2(1, -1))
    const sum = f64x2.add(low, high)
    const odd = f64x2.sub(low, high)
    // (oi, -or) * c + (or, oi) * s
    const w = separation + (k << 4)
    const part = f64x2.add(
      f64x2.mul(turned(odd), v128.load64_splat(w)),
      f64x2.mul(odd, v128.load64_splat(w, 8)),
    )
    v128.store(spectrum + (k << 4), f64x2.mul(half, f64x2.add(sum, part)))
  }
}

/** The 2n samples of a spectrum. */
export function inverse(spectrum: usize, samples: usize, plan: usize): void {
  const length = load<usize>(plan)
  const separation = load<usize>(plan, 12)
  const work = load<usize>(plan, 16)
  const scale = f64x2.mul(f64x2.splat(0.5 / <f64>length), f64x2(1, -1))
  for (let k: usize = 0; k < length; k++) {
    const low = v128.load(spectrum + (k << 4))
    const high = f64x2.mul(v128.load(spectrum + ((length - k) << 4)), f64x2(1, -1))
    const sum = f64x2.add(low, high)
    const odd = f64x2.sub(low, high)
    // odd * conj(w) * i, which is (-(oi * c - or * s), or * c + oi * s)
    const w = separation + (k << 4)
    const part = f64x2.sub(
      f64x2.mul(turned(odd), v128.load64_splat(w)),
      f64x2.mul(odd, v128.load64_splat(w, 8)),
    )
    v128.store(work + (k << 4), f64x2.mul(scale, f64x2.sub(sum, part)))
  }
  const z = complex(work, plan)
  for (let k: usize = 0; k < length; k++) {
    const at = k << 4
    v128.store(samples + at, f64x2.mul(v128.load(z + at), f64x2(1, -1)))
  }
}
