/** A sine found in a signal: amplitude, phase in radians at sample 0, and what is left without it. */
export interface ToneFit {
  readonly amplitude: number
  readonly phase: number
  readonly residual: Float64Array
}

/** Least-squares fit of a constant and a sine of `frequency` Hz. */
export function fitTone(samples: ArrayLike<number>, frequency: number, sampleRate: number): ToneFit {
  const step = (2 * Math.PI * frequency) / sampleRate
  const basis = (i: number): [number, number, number] => [1, Math.sin(step * i), Math.cos(step * i)]
  const matrix = [
    [0, 0, 0, 0],
    [0, 0, 0, 0],
    [0, 0, 0, 0],
  ]
  for (let i = 0; i < samples.length; i++) {
    const values = [...basis(i), samples[i] ?? 0]
    for (let row = 0; row < 3; row++) {
      const cells = matrix[row] ?? []
      for (let column = 0; column < 4; column++) {
        cells[column] = (cells[column] ?? 0) + (values[row] ?? 0) * (values[column] ?? 0)
      }
    }
  }
  const [constant = 0, sine = 0, cosine = 0] = solve(matrix)
  const residual = Float64Array.from({ length: samples.length }, (_, i) => {
    const [one, sin, cos] = basis(i)
    return (samples[i] ?? 0) - constant * one - sine * sin - cosine * cos
  })
  return { amplitude: Math.hypot(sine, cosine), phase: Math.atan2(cosine, sine), residual }
}

/** Gauss elimination with pivots; each row ends with its right-hand side. */
function solve(matrix: number[][]): number[] {
  const cell = (row: number, column: number): number => matrix[row]?.[column] ?? 0
  const size = matrix.length
  for (let pivot = 0; pivot < size; pivot++) {
    let best = pivot
    for (let row = pivot + 1; row < size; row++) {
      if (Math.abs(cell(row, pivot)) > Math.abs(cell(best, pivot))) best = row
    }
    const swapped = matrix[pivot] ?? []
    matrix[pivot] = matrix[best] ?? []
    matrix[best] = swapped
    for (let row = 0; row < size; row++) {
      if (row === pivot) continue
      const factor = cell(row, pivot) / cell(pivot, pivot)
      matrix[row] = (matrix[row] ?? []).map((value, column) => value - factor * cell(pivot, column))
    }
  }
  return matrix.map((_, row) => cell(row, size) / cell(row, row))
}

/** Power of `reference` over the power of the difference, in dB; Infinity when they are equal. */
export function snrDb(reference: ArrayLike<number>, actual: ArrayLike<number>): number {
  let signal = 0
  let error = 0
  for (let i = 0; i < reference.length; i++) {
    signal += (reference[i] ?? 0) ** 2
    error += ((reference[i] ?? 0) - (actual[i] ?? 0)) ** 2
  }
  return 10 * Math.log10(signal / error)
}

/** Everything but the tone, over the tone, in dB (THD+N). */
export function thdPlusNoiseDb(samples: ArrayLike<number>, frequency: number, sampleRate: number): number {
  const { amplitude, residual } = fitTone(samples, frequency, sampleRate)
  const power = residual.reduce((sum, value) => sum + value * value, 0) / residual.length
  return 10 * Math.log10(power / (amplitude * amplitude * 0.5))
}

/** Loudest line of the spectrum as the amplitude in dB of a sine; the window's sidelobes are under -140 dB. */
export function loudestLineDb(samples: ArrayLike<number>): number {
  const size = 2 ** Math.floor(Math.log2(samples.length))
  const real = new Float64Array(size)
  const imaginary = new Float64Array(size)
  let gain = 0
  for (let i = 0; i < size; i++) {
    const weight = flatWindow(i / size)
    gain += weight
    real[i] = (samples[i] ?? 0) * weight
  }
  fourierTransform(real, imaginary)
  let peak = 0
  for (let i = 0; i <= size / 2; i++) peak = Math.max(peak, Math.hypot(real[i] ?? 0, imaginary[i] ?? 0))
  return 20 * Math.log10((2 * peak) / gain)
}

/** Seven-term Blackman-Harris window (Albrecht 2001). */
function flatWindow(position: number): number {
  const terms = [
    0.27105140069342, -0.43329793923448, 0.21812299954311, -0.065925446388031, 0.010811742098371,
    -0.00077658482522, 0.0000138872173,
  ]
  return terms.reduce((sum, term, k) => sum + term * Math.cos(2 * Math.PI * k * position), 0)
}

/** In-place radix-2 transform; the length is a power of two. */
function fourierTransform(real: Float64Array, imaginary: Float64Array): void {
  const size = real.length
  const at = (values: Float64Array, index: number): number => values[index] ?? 0
  for (let i = 1, j = 0; i < size; i++) {
    let bit = size >> 1
    for (; j & bit; bit >>= 1) j ^= bit
    j ^= bit
    if (i < j) {
      for (const values of [real, imaginary]) [values[i], values[j]] = [at(values, j), at(values, i)]
    }
  }
  for (let length = 2; length <= size; length *= 2) {
    const half = length / 2
    for (let k = 0; k < half; k++) {
      const cosine = Math.cos((-2 * Math.PI * k) / length)
      const sine = Math.sin((-2 * Math.PI * k) / length)
      for (let even = k; even < size; even += length) {
        const odd = even + half
        const re = at(real, odd) * cosine - at(imaginary, odd) * sine
        const im = at(real, odd) * sine + at(imaginary, odd) * cosine
        real[odd] = at(real, even) - re
        imaginary[odd] = at(imaginary, even) - im
        real[even] = at(real, even) + re
        imaginary[even] = at(imaginary, even) + im
      }
    }
  }
}
