import { integers } from './integers'

/** `count` 16-bit samples at `from` (any alignment) to floats at `to`. Reads and writes up to 32 bytes too many. */
export function decode(from: usize, to: usize, count: i32): void {
  const end = to + (<usize>count << 2)
  const scale = f32x4.splat(1.0 / 32768)
  for (; to < end; to += 32) {
    const both = v128.load(from)
    v128.store(to, f32x4.mul(f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_s(both)), scale))
    v128.store(to, f32x4.mul(f32x4.convert_i32x4_s(i32x4.extend_high_i16x8_s(both)), scale), 16)
    from += 16
  }
}

/** `count` floats at `from` to 16-bit samples at `to`, clamped. Reads and writes up to 32 bytes too many. */
export function encode(from: usize, to: usize, count: i32): void {
  const end = to + (<usize>count << 1)
  for (; to < end; to += 16) {
    v128.store(to, i16x8.narrow_i32x4_s(integers(v128.load(from)), integers(v128.load(from, 16))))
    from += 32
  }
}
