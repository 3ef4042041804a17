/** `sum + a * b`. */
// @ts-ignore: decorator
@inline
export function multiplyAdd(a: v128, b: v128, sum: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, sum)
  return f32x4.add(sum, f32x4.mul(a, b))
}

// @ts-ignore: decorator
@inline
export function relu(x: v128): v128 {
  return f32x4.max(x, f32x4.splat(0))
}

/** e^x to about 1e-7 relative: a power of two times a polynomial on [-ln 2 / 2, ln 2 / 2]. */
function exp(x: v128): v128 {
  x = f32x4.max(f32x4.min(x, f32x4.splat(87)), f32x4.splat(-87))
  const n = f32x4.nearest(f32x4.mul(x, f32x4.splat(1.44269504088896341)))
  // ln 2 in two parts, the first exact in few bits.
  x = f32x4.sub(x, f32x4.mul(n, f32x4.splat(0.693359375)))
  x = f32x4.add(x, f32x4.mul(n, f32x4.splat(2.12194440e-4)))
  let p = f32x4.splat(1.9875691500e-4)
  p = multiplyAdd(p, x, f32x4.splat(1.3981999507e-3))
  p = multiplyAdd(p, x, f32x4.splat(8.3334519073e-3))
  p = multiplyAdd(p, x, f32x4.splat(4.1665795894e-2))
  p = multiplyAdd(p, x, f32x4.splat(1.6666665459e-1))
  p = multiplyAdd(p, x, f32x4.splat(5.0000001201e-1))
  p = multiplyAdd(f32x4.mul(p, x), x, f32x4.add(x, f32x4.splat(1)))
  const power = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(n), i32x4.splat(127)), 23)
  return f32x4.mul(p, power)
}

export function sigmoid(x: v128): v128 {
  const one = f32x4.splat(1)
  return f32x4.div(one, f32x4.add(one, exp(f32x4.neg(x))))
}

export function tanh(x: v128): v128 {
  const one = f32x4.splat(1)
  const two = f32x4.splat(2)
  return f32x4.sub(f32x4.div(two, f32x4.add(one, exp(f32x4.mul(x, f32x4.splat(-2))))), one)
}
