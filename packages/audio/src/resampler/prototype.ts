/**
 * What a resampler is made for. `full`: nothing folds anywhere. `lowDelay`: half the delay, and the last tenth of the band
 * may fold, which suits speech models. `high`: the quality of a studio, at twice the delay.
 */
export type Profile = 'full' | 'lowDelay' | 'high'

/** A low-pass filter in continuous time, whose unit is a sample of the lower of the two rates. */
export interface Prototype {
  /** The impulse response is 0 from here on. */
  readonly half: number
  impulse(time: number): number
}

/** The filter of a profile. */
export function prototypeOf(profile: Profile): Prototype {
  switch (profile) {
    case 'full':
      return minimax
    case 'lowDelay':
      return kaiser(0.9, 1.1, 110)
    case 'high':
      return kaiser(0.95, 1, 140)
  }
}

/**
 * A sine and a cosine, both in windows that are sums of cosines. Their weights are the solution of a linear program over
 * the response of the filter: within 0.0025 dB of 1 up to 0.9 of Nyquist, 3 dB down at 0.9405, and the least possible from
 * 1 on, which is -111.8 dB. A Kaiser window needs an eighth more samples for that.
 */
const minimax: Prototype = {
  half: 63.9,
  impulse(time) {
    const theta = (Math.PI * time) / 63.9
    if (Math.abs(theta) >= Math.PI) return 0
    const angle = 2 * Math.PI * 0.485 * time
    const sine = angle === 0 ? 2 * 0.485 : Math.sin(angle) / (Math.PI * time)
    return cosines(inPhase, theta) * sine + (cosines(inQuadrature, theta) / 63.9) * Math.cos(angle)
  },
}

const inPhase = [
  0.155223193, 0.401572385, 0.347373855, 0.095669758, -0.000464864, 0.00105021, -0.000799549, 0.000765852,
  -0.000786873, 0.000694218, -0.000283051, -0.000299379,
]
const inQuadrature = [
  -0.424045245, -0.643848872, -0.250487323, -0.030426153, 0.000564584, 0.000351045, 0.000137715, 0.00041346,
  0.000235137, 0.000192237, 0.000541849, 0.000093346,
]

/** Sum of `weights[k] * cos(k * theta)`. */
function cosines(weights: readonly number[], theta: number): number {
  return weights.reduce((sum, weight, k) => sum + weight * Math.cos(k * theta), 0)
}

/** Pass and stop edge as fractions of the Nyquist frequency of the lower rate. */
function kaiser(passEdge: number, stopEdge: number, attenuationDb: number): Prototype {
  // Length and shape by Kaiser and Schafer, IEEE ASSP 28 (1980).
  const half = (attenuationDb - 7.95) / (2.285 * Math.PI * (stopEdge - passEdge)) / 2
  const beta = 0.1102 * (attenuationDb - 8.7)
  const peak = besselI0(beta)
  const cutoff = (Math.PI * (passEdge + stopEdge)) / 2
  return {
    half,
    impulse(time) {
      const position = time / half
      if (Math.abs(position) >= 1) return 0
      const window = besselI0(beta * Math.sqrt(1 - position * position)) / peak
      const angle = cutoff * time
      return window * (angle === 0 ? 1 : Math.sin(angle) / angle)
    },
  }
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
