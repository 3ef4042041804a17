/**
 * `count` 16-bit samples at `from` (any alignment) to floats at `to`, or codes of a companding law when `law` is not 0: then
 * the byte at `from` is an index into the 256 floats there. Reads and writes up to 16 bytes too many.
 */
export function decode(from: usize, to: usize, count: i32, law: usize): void {
  const end = to + (<usize>count << 2)
  if (law !== 0) {
    for (; to < end; to += 4) {
      f32.store(to, f32.load(law + (<usize>load<u8>(from) << 2)))
      from++
    }
    return
  }
  const scale = f32x4.splat(1.0 / 32768)
  for (; to < end; to += 32) {
    const both = v128.load(from)
    v128.store(to, f32x4.mul(f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_s(both)), scale))
    v128.store(to, f32x4.mul(f32x4.convert_i32x4_s(i32x4.extend_high_i16x8_s(both)), scale), 16)
    from += 16
  }
}

/** Four samples as 16-bit integers: halves are rounded towards plus infinity, NaN is 0. */
// @ts-ignore: a decorator
@inline
function integers(samples: v128): v128 {
  const scaled = f32x4.mul(samples, f32x4.splat(32768))
  const floor = f32x4.floor(scaled)
  // Adding the half to a float could round; this difference is exact.
  const up = f32x4.ge(f32x4.sub(scaled, floor), f32x4.splat(0.5))
  return i32x4.sub(i32x4.trunc_sat_f32x4_s(floor), up)
}

/**
 * `count` floats at `from` to 16-bit samples at `to`, clamped, or to codes when `law` is not 0: the byte of the sample, taken
 * without its sign, in the 65536 there. Reads and writes up to 32 bytes too many.
 */
export function encode(from: usize, to: usize, count: i32, law: usize): void {
  for (; count > 0; count -= 8) {
    const low = integers(v128.load(from))
    const eight = i16x8.narrow_i32x4_s(low, integers(v128.load(from, 16)))
    from += 32
    if (law === 0) {
      v128.store(to, eight)
      to += 16
      continue
    }
    store<u8>(to, load<u8>(law + <usize>i16x8.extract_lane_u(eight, 0)))
    store<u8>(to, load<u8>(law + <usize>i16x8.extract_lane_u(eight, 1)), 1)
    store<u8>(to, load<u8>(law + <usize>i16x8.extract_lane_u(eight, 2)), 2)
    store<u8>(to, load<u8>(law + <usize>i16x8.extract_lane_u(eight, 3)), 3)
    store<u8>(to, load<u8>(law + <usize>i16x8.extract_lane_u(eight, 4)), 4)
    store<u8>(to, load<u8>(law + <usize>i16x8.extract_lane_u(eight, 5)), 5)
    store<u8>(to, load<u8>(law + <usize>i16x8.extract_lane_u(eight, 6)), 6)
    store<u8>(to, load<u8>(law + <usize>i16x8.extract_lane_u(eight, 7)), 7)
    to += 8
  }
}
