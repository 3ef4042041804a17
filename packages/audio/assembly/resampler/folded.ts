/**
 * Column i holds the samples i, i + `down`, i + 2 * `down` and i + 3 * `down`: what four periods need at the same place. Makes
 * `count` columns, rounded up to four.
 */
export function columns(samples: usize, down: i32, output: usize, count: i32): void {
  const step = <usize>down << 2
  const end = output + (<usize>count << 4)
  for (; output < end; output += 64) {
    const a = v128.load(samples)
    const b = v128.load(samples + step)
    const c = v128.load(samples + 2 * step)
    const d = v128.load(samples + 3 * step)
    const ab = v128.shuffle<f32>(a, b, 0, 4, 1, 5)
    const cd = v128.shuffle<f32>(c, d, 0, 4, 1, 5)
    v128.store(output, v128.shuffle<f64>(ab, cd, 0, 2))
    v128.store(output, v128.shuffle<f64>(ab, cd, 1, 3), 16)
    const ef = v128.shuffle<f32>(a, b, 2, 6, 3, 7)
    const gh = v128.shuffle<f32>(c, d, 2, 6, 3, 7)
    v128.store(output, v128.shuffle<f64>(ef, gh, 0, 2), 32)
    v128.store(output, v128.shuffle<f64>(ef, gh, 1, 3), 48)
    samples += 16
  }
}

/** Writes the lanes `stride` bytes apart. */
// @ts-ignore: a decorator
@inline
function scatter(output: usize, stride: usize, lanes: v128): void {
  v128.store_lane<f32>(output, lanes, 0)
  v128.store_lane<f32>(output + stride, lanes, 1)
  v128.store_lane<f32>(output + 2 * stride, lanes, 2)
  v128.store_lane<f32>(output + 3 * stride, lanes, 3)
}

// @ts-ignore: a decorator
@inline
function addProduct(sum: v128, x: v128, coefficient: v128): v128 {
  return f32x4.add(sum, f32x4.mul(x, coefficient))
}

/**
 * Four outputs of each of `periods` periods, rounded up to four. They lie symmetrically around one place: the first mirrors the
 * fourth, the second the third. The even part of two that mirror each other comes from the sums of the pairs of samples, the odd
 * part from the differences, and both pairs of outputs share these. `record` holds the indexes of the outputs, of the leftmost
 * and the rightmost sample, and the number of pairs.
 */
export function fold(
  record: usize,
  coefficients: usize,
  place: usize,
  down: i32,
  output: usize,
  up: i32,
  periods: i32,
): void {
  const stride = <usize>up << 2
  const step = <usize>down << 6
  const end = coefficients + (<usize>i32.load(record, 24) << 4)
  const left = place + (<usize>i32.load(record, 16) << 4)
  const right = place + (<usize>i32.load(record, 20) << 4)
  let first = output + (<usize>i32.load(record) << 2)
  let second = output + (<usize>i32.load(record, 4) << 2)
  let third = output + (<usize>i32.load(record, 8) << 2)
  let fourth = output + (<usize>i32.load(record, 12) << 2)
  let done: usize = 0
  for (; periods > 4; periods -= 8) {
    let l = left + done
    let r = right + done
    let m = l + step
    let s = r + step
    let a = f32x4.splat(0)
    let b = a
    let c = a
    let d = a
    let e = a
    let f = a
    let g = a
    let h = a
    for (let at = coefficients; at < end; at += 16) {
      let x = v128.load(l)
      let y = v128.load(r)
      const evens = f32x4.add(x, y)
      const odds = f32x4.sub(x, y)
      x = v128.load(m)
      y = v128.load(s)
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
      m += 16
      r -= 16
      s -= 16
    }
    scatter(first, stride, f32x4.add(a, b))
    scatter(second, stride, f32x4.add(c, d))
    scatter(third, stride, f32x4.sub(c, d))
    scatter(fourth, stride, f32x4.sub(a, b))
    scatter(first + 4 * stride, stride, f32x4.add(e, f))
    scatter(second + 4 * stride, stride, f32x4.add(g, h))
    scatter(third + 4 * stride, stride, f32x4.sub(g, h))
    scatter(fourth + 4 * stride, stride, f32x4.sub(e, f))
    done += 2 * step
    first += 8 * stride
    second += 8 * stride
    third += 8 * stride
    fourth += 8 * stride
  }
  if (periods <= 0) return
  let l = left + done
  let r = right + done
  let a = f32x4.splat(0)
  let b = a
  let c = a
  let d = a
  for (let at = coefficients; at < end; at += 16) {
    const x = v128.load(l)
    const y = v128.load(r)
    const evens = f32x4.add(x, y)
    const odds = f32x4.sub(x, y)
    a = addProduct(a, evens, v128.load32_splat(at))
    b = addProduct(b, odds, v128.load32_splat(at, 4))
    c = addProduct(c, evens, v128.load32_splat(at, 8))
    d = addProduct(d, odds, v128.load32_splat(at, 12))
    l += 16
    r -= 16
  }
  scatter(first, stride, f32x4.add(a, b))
  scatter(second, stride, f32x4.add(c, d))
  scatter(third, stride, f32x4.sub(c, d))
  scatter(fourth, stride, f32x4.sub(a, b))
}
