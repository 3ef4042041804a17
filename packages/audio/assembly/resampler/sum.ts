import { zero } from './zero'

/** Sum of `taps` products, a multiple of 8: eight sums side by side, added up in pairs. */
export function sum(samples: usize, coefficients: usize, taps: i32): f32 {
  let even = zero()
  let odd = even
  const end = coefficients + (<usize>taps << 2)
  while (coefficients < end) {
    even = f32x4.add(even, f32x4.mul(v128.load(samples), v128.load(coefficients)))
    odd = f32x4.add(odd, f32x4.mul(v128.load(samples, 16), v128.load(coefficients, 16)))
    samples += 32
    coefficients += 32
  }
  const four = f32x4.add(even, odd)
  const low = f32x4.extract_lane(four, 0) + f32x4.extract_lane(four, 1)
  return low + (f32x4.extract_lane(four, 2) + f32x4.extract_lane(four, 3))
}
