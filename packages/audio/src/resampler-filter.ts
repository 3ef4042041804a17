/** Attenuation of everything beyond the stop edge, in dB; leaves a margin under the promised -100 dB. */
const attenuationDb = 110
/** Edges of the transition band as fractions of the lower of the two Nyquist frequencies. */
const passEdge = 0.9
const stopEdge = 1

/** Polyphase filter for one rational ratio `up / down`. */
export interface PolyphaseFilter {
  readonly up: number
  readonly down: number
  /** Coefficients of one phase, an even number. */
  readonly taps: number
  /** Phase after phase, each summing to 1, in the order of the input samples they multiply. */
  readonly coefficients: Float64Array
}

const cache = new Map<string, PolyphaseFilter>()

/** Filter from rate `from` to rate `to`, both in Hz; made once for each ratio. */
export function resamplerFilter(from: number, to: number): PolyphaseFilter {
  const divisor = greatestCommonDivisor(from, to)
  const up = to / divisor
  const down = from / divisor
  const key = `${up}/${down}`
  let filter = cache.get(key)
  if (filter === undefined) {
    filter = designFilter(up, down)
    cache.set(key, filter)
  }
  return filter
}

/** Kaiser's window and length formulas: Kaiser and Schafer, IEEE ASSP 28 (1980). */
function designFilter(up: number, down: number): PolyphaseFilter {
  const nyquist = 0.5 * Math.min(1, up / down)
  const cutoff = ((passEdge + stopEdge) / 2) * nyquist
  const transition = 2 * Math.PI * (stopEdge - passEdge) * nyquist
  const half = Math.ceil((attenuationDb - 7.95) / (2.285 * transition) / 2)
  const taps = 2 * half
  const beta = 0.1102 * (attenuationDb - 8.7)
  const peak = besselI0(beta)

  const impulse = (time: number): number => {
    const position = time / half
    const window = besselI0(beta * Math.sqrt(Math.max(0, 1 - position * position))) / peak
    const angle = 2 * Math.PI * cutoff * time
    return window * (angle === 0 ? 1 : Math.sin(angle) / angle)
  }

  const coefficients = new Float64Array(up * taps)
  for (let phase = 0; phase < up; phase++) {
    const row = coefficients.subarray(phase * taps, (phase + 1) * taps)
    for (let tap = 0; tap < taps; tap++) row[tap] = impulse(phase / up + half - 1 - tap)
    const gain = row.reduce((sum, value) => sum + value, 0)
    for (let tap = 0; tap < taps; tap++) row[tap] = (row[tap] ?? 0) / gain
  }
  return { up, down, taps, coefficients }
}

/** Modified Bessel function of the first kind and order zero, by its power series. */
function besselI0(x: number): number {
  const quarter = (x * x) / 4
  let sum = 1
  let term = 1
  for (let k = 1; term > sum * 1e-17; k++) {
    term *= quarter / (k * k)
    sum += term
  }
  return sum
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b)
}
