/** Four samples as 16-bit integers: halves are rounded towards plus infinity, NaN is 0. */
// @ts-ignore: a decorator
@inline
export function integers(samples: v128): v128 {
  const scaled = f32x4.mul(samples, f32x4.splat(32768))
  const floor = f32x4.floor(scaled)
  // Adding the half to a float could round; this difference is exact.
  const up = f32x4.ge(f32x4.sub(scaled, floor), f32x4.splat(0.5))
  return i32x4.sub(i32x4.trunc_sat_f32x4_s(floor), up)
}
