import type { FourierPlan } from './fourier-plan.ts'

const sin60 = Math.sqrt(3) / 2
const cos72 = (Math.sqrt(5) - 1) / 4
const cos144 = -(Math.sqrt(5) + 1) / 4
const sin72 = Math.sqrt(10 + 2 * Math.sqrt(5)) / 4
const sin144 = Math.sqrt(10 - 2 * Math.sqrt(5)) / 4

/** Real transforms over one memory; `work` and the cells after it hold 4n cells. */
export interface JsFourier {
  forward(samples: number, spectrum: number): void
  inverse(spectrum: number, samples: number): void
}

/** Stockham transforms of mixed radix, in the order of operations of the WebAssembly ones. */
export function createJsFourier(plan: FourierPlan, cells: Float64Array, work: number): JsFourier {
  const { length, radices, twiddles, separation } = plan
  const other = work + 2 * length

  /** Transform of the n complex numbers at `from`; gives where the result lies. */
  function complex(from: number): number {
    let input = from
    let output = from === work ? other : work
    let groups = length
    let stride = 1
    let factor = 0
    for (const radix of radices) {
      groups /= radix
      stage(radix, { input, output, groups, stride, factor })
      factor += 2 * (radix - 1) * groups
      stride *= radix
      input = output
      output = output === work ? other : work
    }
    return input
  }

  function stage(radix: number, at: Stage): void {
    if (radix === 4) radix4(cells, twiddles, at)
    else if (radix === 2) radix2(cells, twiddles, at)
    else if (radix === 3) radix3(cells, twiddles, at)
    else radix5(cells, twiddles, at)
  }

  return {
    forward(samples, spectrum) {
      const z = complex(samples)
      const first = cells[z] ?? 0
      const second = cells[z + 1] ?? 0
      cells[spectrum] = first + second
      cells[spectrum + 1] = 0
      cells[spectrum + 2 * length] = first - second
      cells[spectrum + 2 * length + 1] = 0
      for (let k = 1; k < length; k++) {
        const low = z + 2 * k
        const high = z + 2 * (length - k)
        const sumRe = (cells[low] ?? 0) + (cells[high] ?? 0)
        const sumIm = (cells[low + 1] ?? 0) - (cells[high + 1] ?? 0)
        const differenceRe = (cells[low] ?? 0) - (cells[high] ?? 0)
        const differenceIm = (cells[low + 1] ?? 0) + (cells[high + 1] ?? 0)
        const c = separation[2 * k] ?? 0
        const s = separation[2 * k + 1] ?? 0
        cells[spectrum + 2 * k] = 0.5 * (sumRe + (differenceIm * c + differenceRe * s))
        cells[spectrum + 2 * k + 1] = 0.5 * (sumIm + (differenceIm * s - differenceRe * c))
      }
    },
    inverse(spectrum, samples) {
      const scale = 0.5 / length
      for (let k = 0; k < length; k++) {
        const low = spectrum + 2 * k
        const high = spectrum + 2 * (length - k)
        const sumRe = (cells[low] ?? 0) + (cells[high] ?? 0)
        const sumIm = (cells[low + 1] ?? 0) - (cells[high + 1] ?? 0)
        const differenceRe = (cells[low] ?? 0) - (cells[high] ?? 0)
        const differenceIm = (cells[low + 1] ?? 0) + (cells[high + 1] ?? 0)
        const c = separation[2 * k] ?? 0
        const s = separation[2 * k + 1] ?? 0
        // The conjugate of even + i * odd, so that a forward transform inverts.
        cells[work + 2 * k] = scale * (sumRe - (differenceIm * c - differenceRe * s))
        cells[work + 2 * k + 1] = -scale * (sumIm + (differenceRe * c + differenceIm * s))
      }
      const z = complex(work)
      for (let i = 0; i < length; i++) {
        cells[samples + 2 * i] = cells[z + 2 * i] ?? 0
        cells[samples + 2 * i + 1] = -(cells[z + 2 * i + 1] ?? 0)
      }
    },
  }
}

interface Stage {
  readonly input: number
  readonly output: number
  readonly groups: number
  readonly stride: number
  readonly factor: number
}

function radix2(cells: Float64Array, twiddles: Float64Array, at: Stage): void {
  const { input, output, groups, stride, factor } = at
  const step = 2 * stride
  for (let p = 0; p < groups; p++) {
    const c = twiddles[factor + 2 * p] ?? 0
    const s = twiddles[factor + 2 * p + 1] ?? 0
    for (let q = 0; q < step; q += 2) {
      const x = input + q + step * p
      const y = output + q + step * 2 * p
      const ar = cells[x] ?? 0
      const ai = cells[x + 1] ?? 0
      const br = cells[x + step * groups] ?? 0
      const bi = cells[x + step * groups + 1] ?? 0
      const dr = ar - br
      const di = ai - bi
      cells[y] = ar + br
      cells[y + 1] = ai + bi
      cells[y + step] = dr * c - di * s
      cells[y + step + 1] = di * c + dr * s
    }
  }
}

function radix3(cells: Float64Array, twiddles: Float64Array, at: Stage): void {
  const { input, output, groups, stride, factor } = at
  const step = 2 * stride
  for (let p = 0; p < groups; p++) {
    const w = factor + 4 * p
    for (let q = 0; q < step; q += 2) {
      const x = input + q + step * p
      const y = output + q + step * 3 * p
      const ar = cells[x] ?? 0
      const ai = cells[x + 1] ?? 0
      const br = cells[x + step * groups] ?? 0
      const bi = cells[x + step * groups + 1] ?? 0
      const cr = cells[x + 2 * step * groups] ?? 0
      const ci = cells[x + 2 * step * groups + 1] ?? 0
      const sumR = br + cr
      const sumI = bi + ci
      const restR = ar - 0.5 * sumR
      const restI = ai - 0.5 * sumI
      const turnedR = (bi - ci) * sin60
      const turnedI = -(br - cr) * sin60
      cells[y] = ar + sumR
      cells[y + 1] = ai + sumI
      rotate(cells, y + step, restR + turnedR, restI + turnedI, twiddles, w)
      rotate(cells, y + 2 * step, restR - turnedR, restI - turnedI, twiddles, w + 2)
    }
  }
}

function radix4(cells: Float64Array, twiddles: Float64Array, at: Stage): void {
  const { input, output, groups, stride, factor } = at
  const step = 2 * stride
  const quarter = step * groups
  for (let p = 0; p < groups; p++) {
    const w = factor + 6 * p
    for (let q = 0; q < step; q += 2) {
      const x = input + q + step * p
      const y = output + q + step * 4 * p
      const ar = cells[x] ?? 0
      const ai = cells[x + 1] ?? 0
      const br = cells[x + quarter] ?? 0
      const bi = cells[x + quarter + 1] ?? 0
      const cr = cells[x + 2 * quarter] ?? 0
      const ci = cells[x + 2 * quarter + 1] ?? 0
      const dr = cells[x + 3 * quarter] ?? 0
      const di = cells[x + 3 * quarter + 1] ?? 0
      const evenR = ar + cr
      const evenI = ai + ci
      const oddR = br + dr
      const oddI = bi + di
      const restR = ar - cr
      const restI = ai - ci
      const turnedR = bi - di
      const turnedI = -(br - dr)
      cells[y] = evenR + oddR
      cells[y + 1] = evenI + oddI
      rotate(cells, y + step, restR + turnedR, restI + turnedI, twiddles, w)
      rotate(cells, y + 2 * step, evenR - oddR, evenI - oddI, twiddles, w + 2)
      rotate(cells, y + 3 * step, restR - turnedR, restI - turnedI, twiddles, w + 4)
    }
  }
}

function radix5(cells: Float64Array, twiddles: Float64Array, at: Stage): void {
  const { input, output, groups, stride, factor } = at
  const step = 2 * stride
  const fifth = step * groups
  for (let p = 0; p < groups; p++) {
    const w = factor + 8 * p
    for (let q = 0; q < step; q += 2) {
      const x = input + q + step * p
      const y = output + q + step * 5 * p
      const ar = cells[x] ?? 0
      const ai = cells[x + 1] ?? 0
      const br = cells[x + fifth] ?? 0
      const bi = cells[x + fifth + 1] ?? 0
      const cr = cells[x + 2 * fifth] ?? 0
      const ci = cells[x + 2 * fifth + 1] ?? 0
      const dr = cells[x + 3 * fifth] ?? 0
      const di = cells[x + 3 * fifth + 1] ?? 0
      const er = cells[x + 4 * fifth] ?? 0
      const ei = cells[x + 4 * fifth + 1] ?? 0
      const outerR = br + er
      const outerI = bi + ei
      const innerR = cr + dr
      const innerI = ci + di
      const outR = br - er
      const outI = bi - ei
      const inR = cr - dr
      const inI = ci - di
      const r1 = ar + (outerR * cos72 + innerR * cos144)
      const i1 = ai + (outerI * cos72 + innerI * cos144)
      const r2 = ar + (outerR * cos144 + innerR * cos72)
      const i2 = ai + (outerI * cos144 + innerI * cos72)
      const t1r = outI * sin72 + inI * sin144
      const t1i = -(outR * sin72 + inR * sin144)
      const t2r = outI * sin144 - inI * sin72
      const t2i = -(outR * sin144 - inR * sin72)
      cells[y] = ar + (outerR + innerR)
      cells[y + 1] = ai + (outerI + innerI)
      rotate(cells, y + step, r1 + t1r, i1 + t1i, twiddles, w)
      rotate(cells, y + 2 * step, r2 + t2r, i2 + t2i, twiddles, w + 2)
      rotate(cells, y + 3 * step, r2 - t2r, i2 - t2i, twiddles, w + 4)
      rotate(cells, y + 4 * step, r1 - t1r, i1 - t1i, twiddles, w + 6)
    }
  }
}

/** Writes (re + i im) times a factor. */
function rotate(
  cells: Float64Array,
  at: number,
  re: number,
  im: number,
  twiddles: Float64Array,
  factor: number,
): void {
  const c = twiddles[factor] ?? 0
  const s = twiddles[factor + 1] ?? 0
  cells[at] = re * c - im * s
  cells[at + 1] = im * c + re * s
}
