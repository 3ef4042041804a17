/** Where sample `index` of the rows lies. */
// @ts-ignore: a decorator
@inline
function place(rows: usize, stride: usize, down: i32, index: i32): usize {
  return rows + <usize>(index % down) * stride + (<usize>(index / down) << 2)
}

/**
 * Outputs of a phase whose coefficients are symmetric: the two samples of a pair are added before the product. From the
 * outermost pair inwards, one residue of the step `down` after the other; sixteen outputs share each coefficient.
 */
export function foldPhase(
  rows: usize,
  stride: usize,
  down: i32,
  left: i32,
  right: i32,
  pairs: i32,
  coefficients: usize,
  output: usize,
  periods: i32,
): void {
  while (periods > 0) {
    let at = coefficients
    let a = f32x4.splat(0)
    let b = a
    let c = a
    let d = a
    for (let r = 0; r < down; r++) {
      let l = place(rows, stride, down, left + r)
      let q = place(rows, stride, down, right - r)
      const end = at + (<usize>((pairs - r + down - 1) / down) << 2)
      while (at < end) {
        const k = v128.load32_splat(at)
        a = f32x4.add(a, f32x4.mul(f32x4.add(v128.load(l), v128.load(q)), k))
        b = f32x4.add(b, f32x4.mul(f32x4.add(v128.load(l, 16), v128.load(q, 16)), k))
        c = f32x4.add(c, f32x4.mul(f32x4.add(v128.load(l, 32), v128.load(q, 32)), k))
        d = f32x4.add(d, f32x4.mul(f32x4.add(v128.load(l, 48), v128.load(q, 48)), k))
        at += 4
        l += 4
        q -= 4
      }
    }
    v128.store(output, a)
    v128.store(output, b, 16)
    v128.store(output, c, 32)
    v128.store(output, d, 48)
    output += 64
    rows += 64
    periods -= 16
  }
}

/**
 * Outputs of two phases that mirror each other: the even part of both comes from the sums of the pairs, the odd part from
 * the differences, so that four products need two multiplications.
 */
export function foldPhases(
  rows: usize,
  stride: usize,
  down: i32,
  left: i32,
  right: i32,
  pairs: i32,
  coefficients: usize,
  first: usize,
  second: usize,
  periods: i32,
): void {
  while (periods > 0) {
    let at = coefficients
    let a = f32x4.splat(0)
    let b = a
    let c = a
    let d = a
    let e = a
    let f = a
    let g = a
    let h = a
    for (let r = 0; r < down; r++) {
      let l = place(rows, stride, down, left + r)
      let q = place(rows, stride, down, right - r)
      const end = at + (<usize>((pairs - r + down - 1) / down) << 3)
      while (at < end) {
        const j = v128.load32_splat(at)
        const k = v128.load32_splat(at, 4)
        let x = v128.load(l)
        let y = v128.load(q)
        a = f32x4.add(a, f32x4.mul(f32x4.add(x, y), j))
        e = f32x4.add(e, f32x4.mul(f32x4.sub(x, y), k))
        x = v128.load(l, 16)
        y = v128.load(q, 16)
        b = f32x4.add(b, f32x4.mul(f32x4.add(x, y), j))
        f = f32x4.add(f, f32x4.mul(f32x4.sub(x, y), k))
        x = v128.load(l, 32)
        y = v128.load(q, 32)
        c = f32x4.add(c, f32x4.mul(f32x4.add(x, y), j))
        g = f32x4.add(g, f32x4.mul(f32x4.sub(x, y), k))
        x = v128.load(l, 48)
        y = v128.load(q, 48)
        d = f32x4.add(d, f32x4.mul(f32x4.add(x, y), j))
        h = f32x4.add(h, f32x4.mul(f32x4.sub(x, y), k))
        at += 8
        l += 4
        q -= 4
      }
    }
    v128.store(first, f32x4.add(a, e))
    v128.store(first, f32x4.add(b, f), 16)
    v128.store(first, f32x4.add(c, g), 32)
    v128.store(first, f32x4.add(d, h), 48)
    v128.store(second, f32x4.sub(a, e))
    v128.store(second, f32x4.sub(b, f), 16)
    v128.store(second, f32x4.sub(c, g), 32)
    v128.store(second, f32x4.sub(d, h), 48)
    first += 64
    second += 64
    rows += 64
    periods -= 16
  }
}
