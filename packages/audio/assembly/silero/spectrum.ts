import { COMPLEX, INPUT, MAGNITUDES, REVERSED, TWIDDLES, WINDOW } from './layout'

/**
 * Magnitudes of four windows of 256 samples, 128 apart, one a lane: pairs of samples as complex numbers through a
 * transform of 128 points, then the two halves taken apart.
 */
export function spectra(): void {
  mirrorEnd()
  loadWindows()
  for (let half: usize = 2; half < 128; half <<= 1) butterflies(half)
  takeApart()
}

/** The model continues the frame with its mirror image around the last sample. */
function mirrorEnd(): void {
  for (let i: usize = 0; i < 64; i++) {
    f32.store(INPUT + ((576 + i) << 2), f32.load(INPUT + ((574 - i) << 2)))
  }
}

/** Windows the samples, puts them in bit-reversed order, and does the first butterflies, whose factor is 1. */
function loadWindows(): void {
  for (let n: usize = 0; n < 64; n += 2) {
    // Numbers n and n + 64 are neighbours once reversed.
    const place = COMPLEX + <usize>load<u16>(REVERSED + (n << 1))
    const next = COMPLEX + <usize>load<u16>(REVERSED + (n << 1) + 2)
    const early = INPUT + (n << 3)
    const late = early + 512
    // Four samples of each window, turned so that a lane is a window.
    loadPairs(early, WINDOW + (n << 3), place, next, 0)
    loadPairs(late, WINDOW + (n << 3) + 512, place, next, 32)
    firstButterfly(place)
    firstButterfly(next)
  }
}

// @ts-ignore: decorator
@inline
function loadPairs(samples: usize, window: usize, place: usize, next: usize, offset: usize): void {
  const w = v128.load(window)
  const a = f32x4.mul(v128.load(samples), w)
  const b = f32x4.mul(v128.load(samples, 512), w)
  const c = f32x4.mul(v128.load(samples, 1024), w)
  const d = f32x4.mul(v128.load(samples, 1536), w)
  const ab = v128.shuffle<f32>(a, b, 0, 4, 1, 5)
  const cd = v128.shuffle<f32>(c, d, 0, 4, 1, 5)
  const abLate = v128.shuffle<f32>(a, b, 2, 6, 3, 7)
  const cdLate = v128.shuffle<f32>(c, d, 2, 6, 3, 7)
  v128.store(place + offset, v128.shuffle<f64>(ab, cd, 0, 2))
  v128.store(place + offset, v128.shuffle<f64>(ab, cd, 1, 3), 16)
  v128.store(next + offset, v128.shuffle<f64>(abLate, cdLate, 0, 2))
  v128.store(next + offset, v128.shuffle<f64>(abLate, cdLate, 1, 3), 16)
}

// @ts-ignore: decorator
@inline
function firstButterfly(place: usize): void {
  const re = v128.load(place)
  const im = v128.load(place, 16)
  const otherRe = v128.load(place, 32)
  const otherIm = v128.load(place, 48)
  v128.store(place, f32x4.add(re, otherRe))
  v128.store(place, f32x4.add(im, otherIm), 16)
  v128.store(place, f32x4.sub(re, otherRe), 32)
  v128.store(place, f32x4.sub(im, otherIm), 48)
}

/** One round: parts of `2 * half` numbers out of their even and odd halves. */
function butterflies(half: usize): void {
  const span = half << 5
  for (let k: usize = 0; k < half; k++) {
    // e^(-2 pi i k / (2 half)), from a table in steps of 1 / 256 of a turn.
    const twiddle = TWIDDLES + ((k * (128 / half)) << 3)
    const c = v128.load32_splat(twiddle)
    const s = v128.load32_splat(twiddle, 4)
    for (let at = COMPLEX + (k << 5); at < COMPLEX + 4096; at += span << 1) {
      const re = v128.load(at)
      const im = v128.load(at, 16)
      const oddRe = v128.load(at + span)
      const oddIm = v128.load(at + span, 16)
      const turnedRe = f32x4.sub(f32x4.mul(oddRe, c), f32x4.mul(oddIm, s))
      const turnedIm = f32x4.add(f32x4.mul(oddRe, s), f32x4.mul(oddIm, c))
      v128.store(at, f32x4.add(re, turnedRe))
      v128.store(at, f32x4.add(im, turnedIm), 16)
      v128.store(at + span, f32x4.sub(re, turnedRe))
      v128.store(at + span, f32x4.sub(im, turnedIm), 16)
    }
  }
}

/** Spectrum of the even samples, plus that of the odd ones turned: both are in the transform of the pairs. */
function takeApart(): void {
  const re = v128.load(COMPLEX)
  const im = v128.load(COMPLEX, 16)
  v128.store(MAGNITUDES, f32x4.abs(f32x4.add(re, im)))
  v128.store(MAGNITUDES + 128 * 16, f32x4.abs(f32x4.sub(re, im)))
  const half = f32x4.splat(0.5)
  for (let k: usize = 1; k <= 64; k++) {
    const a = COMPLEX + (k << 5)
    const b = COMPLEX + ((128 - k) << 5)
    const aRe = v128.load(a)
    const aIm = v128.load(a, 16)
    const bRe = v128.load(b)
    const bIm = v128.load(b, 16)
    const evenRe = f32x4.mul(half, f32x4.add(aRe, bRe))
    const evenIm = f32x4.mul(half, f32x4.sub(aIm, bIm))
    const oddRe = f32x4.mul(half, f32x4.add(aIm, bIm))
    const oddIm = f32x4.mul(half, f32x4.sub(bRe, aRe))
    const c = v128.load32_splat(TWIDDLES + (k << 3))
    const s = v128.load32_splat(TWIDDLES + (k << 3), 4)
    const turnedRe = f32x4.sub(f32x4.mul(oddRe, c), f32x4.mul(oddIm, s))
    const turnedIm = f32x4.add(f32x4.mul(oddRe, s), f32x4.mul(oddIm, c))
    v128.store(MAGNITUDES + (k << 4), magnitude(f32x4.add(evenRe, turnedRe), f32x4.add(evenIm, turnedIm)))
    v128.store(
      MAGNITUDES + ((128 - k) << 4),
      magnitude(f32x4.sub(evenRe, turnedRe), f32x4.sub(evenIm, turnedIm)),
    )
  }
}

// @ts-ignore: decorator
@inline
function magnitude(re: v128, im: v128): v128 {
  return f32x4.sqrt(f32x4.add(f32x4.mul(re, re), f32x4.mul(im, im)))
}
