import { multiplyAdd, relu } from './arithmetic'
import {
  FIRST,
  FIRST_BIAS,
  FIRST_WEIGHTS,
  FOURTH_BIAS,
  FOURTH_WEIGHTS,
  MAGNITUDES,
  RECURRENT_INPUT,
  SECOND,
  SECOND_BIAS,
  SECOND_WEIGHTS,
  THIRD,
  THIRD_BIAS,
  THIRD_WEIGHTS,
} from './layout'

/** Four convolutions over time, 3 taps each; taps that meet nothing but padding are left out. */
export function encode(): void {
  for (let block: usize = 0; block < 32; block++) first(block)
  for (let block: usize = 0; block < 4; block++) second(block)
  // Of the third only two taps meet a value, of the fourth one: plain products.
  dense(SECOND, THIRD, THIRD_WEIGHTS, THIRD_BIAS, 128, 2)
  dense(THIRD, RECURRENT_INPUT, FOURTH_WEIGHTS, FOURTH_BIAS, 64, 4)
}

/** 4 outputs at each of the four times, a sum for each tap. */
function first(block: usize): void {
  let weight = FIRST_WEIGHTS + block * (129 * 3 * 4 * 4)
  const zero = f32x4.splat(0)
  let a0 = v128.load(FIRST_BIAS + (block << 4))
  let a1 = a0
  let a2 = a0
  let a3 = a0
  let b1 = zero
  let b2 = zero
  let b3 = zero
  let c0 = zero
  let c1 = zero
  let c2 = zero
  for (let at = MAGNITUDES; at < MAGNITUDES + 129 * 16; at += 16) {
    const x0 = v128.load32_splat(at)
    const x1 = v128.load32_splat(at, 4)
    const x2 = v128.load32_splat(at, 8)
    const x3 = v128.load32_splat(at, 12)
    let w = v128.load(weight)
    b1 = multiplyAdd(w, x0, b1)
    b2 = multiplyAdd(w, x1, b2)
    b3 = multiplyAdd(w, x2, b3)
    w = v128.load(weight, 16)
    a0 = multiplyAdd(w, x0, a0)
    a1 = multiplyAdd(w, x1, a1)
    a2 = multiplyAdd(w, x2, a2)
    a3 = multiplyAdd(w, x3, a3)
    w = v128.load(weight, 32)
    c0 = multiplyAdd(w, x1, c0)
    c1 = multiplyAdd(w, x2, c1)
    c2 = multiplyAdd(w, x3, c2)
    weight += 48
  }
  const out = FIRST + (block << 4)
  v128.store(out, relu(f32x4.add(a0, c0)))
  v128.store(out, relu(f32x4.add(a1, f32x4.add(b1, c1))), 512)
  v128.store(out, relu(f32x4.add(a2, f32x4.add(b2, c2))), 1024)
  v128.store(out, relu(f32x4.add(a3, b3)), 1536)
}

/** 16 outputs at every other time: the first from times 0 and 1, the second from times 1, 2 and 3. */
function second(block: usize): void {
  let weight = SECOND_WEIGHTS + block * (128 * 3 * 16 * 4)
  const bias = SECOND_BIAS + (block << 6)
  let a0 = v128.load(bias)
  let b0 = v128.load(bias, 16)
  let c0 = v128.load(bias, 32)
  let d0 = v128.load(bias, 48)
  let a1 = a0
  let b1 = b0
  let c1 = c0
  let d1 = d0
  for (let at = FIRST; at < FIRST + 512; at += 4) {
    const x0 = v128.load32_splat(at)
    const x1 = v128.load32_splat(at, 512)
    const x2 = v128.load32_splat(at, 1024)
    const x3 = v128.load32_splat(at, 1536)
    a1 = multiplyAdd(v128.load(weight), x1, a1)
    b1 = multiplyAdd(v128.load(weight, 16), x1, b1)
    c1 = multiplyAdd(v128.load(weight, 32), x1, c1)
    d1 = multiplyAdd(v128.load(weight, 48), x1, d1)
    let w = v128.load(weight, 64)
    a0 = multiplyAdd(w, x0, a0)
    a1 = multiplyAdd(w, x2, a1)
    w = v128.load(weight, 80)
    b0 = multiplyAdd(w, x0, b0)
    b1 = multiplyAdd(w, x2, b1)
    w = v128.load(weight, 96)
    c0 = multiplyAdd(w, x0, c0)
    c1 = multiplyAdd(w, x2, c1)
    w = v128.load(weight, 112)
    d0 = multiplyAdd(w, x0, d0)
    d1 = multiplyAdd(w, x2, d1)
    w = v128.load(weight, 128)
    a0 = multiplyAdd(w, x1, a0)
    a1 = multiplyAdd(w, x3, a1)
    w = v128.load(weight, 144)
    b0 = multiplyAdd(w, x1, b0)
    b1 = multiplyAdd(w, x3, b1)
    w = v128.load(weight, 160)
    c0 = multiplyAdd(w, x1, c0)
    c1 = multiplyAdd(w, x3, c1)
    w = v128.load(weight, 176)
    d0 = multiplyAdd(w, x1, d0)
    d1 = multiplyAdd(w, x3, d1)
    weight += 192
  }
  const out = SECOND + (block << 6)
  v128.store(out, relu(a0))
  v128.store(out, relu(b0), 16)
  v128.store(out, relu(c0), 32)
  v128.store(out, relu(d0), 48)
  v128.store(out, relu(a1), 256)
  v128.store(out, relu(b1), 256 + 16)
  v128.store(out, relu(c1), 256 + 32)
  v128.store(out, relu(d1), 256 + 48)
}

function dense(from: usize, to: usize, weights: usize, biases: usize, inputs: usize, blocks: usize): void {
  let weight = weights
  for (let block: usize = 0; block < blocks; block++) {
    const bias = biases + (block << 7)
    let a = v128.load(bias)
    let b = v128.load(bias, 16)
    let c = v128.load(bias, 32)
    let d = v128.load(bias, 48)
    let e = v128.load(bias, 64)
    let f = v128.load(bias, 80)
    let g = v128.load(bias, 96)
    let h = v128.load(bias, 112)
    for (let at = from; at < from + (inputs << 2); at += 4) {
      const x = v128.load32_splat(at)
      a = multiplyAdd(v128.load(weight), x, a)
      b = multiplyAdd(v128.load(weight, 16), x, b)
      c = multiplyAdd(v128.load(weight, 32), x, c)
      d = multiplyAdd(v128.load(weight, 48), x, d)
      e = multiplyAdd(v128.load(weight, 64), x, e)
      f = multiplyAdd(v128.load(weight, 80), x, f)
      g = multiplyAdd(v128.load(weight, 96), x, g)
      h = multiplyAdd(v128.load(weight, 112), x, h)
      weight += 128
    }
    const out = to + (block << 7)
    v128.store(out, relu(a))
    v128.store(out, relu(b), 16)
    v128.store(out, relu(c), 32)
    v128.store(out, relu(d), 48)
    v128.store(out, relu(e), 64)
    v128.store(out, relu(f), 80)
    v128.store(out, relu(g), 96)
    v128.store(out, relu(h), 112)
  }
}
