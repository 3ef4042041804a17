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
