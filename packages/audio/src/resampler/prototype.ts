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
 * A sine and a cosine, both in windows that are sums of cosines. Their weights are the solution of a linear program over the
 * response of the filter: within 0.0035 dB of 1 up to 0.9 of Nyquist, 3 dB down at 0.9406, and the least possible from 1 on,
 * which is -112.0 dB; 21 dB less from 1.72 on, where the images of the lowest kilohertz are. A Kaiser window needs an eighth
 * more samples.
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
  0.1542247, 0.4033911, 0.3505227, 0.0927335, -0.0016784, 0.0013349, -0.0009979, 0.0009697, -0.0010524,
  0.0011275, -0.001136, 0.0008765, -0.0002998, -0.0004737, 0.0007568, 0.0001021,
]
const inQuadrature = [
  -0.4252394, -0.645292, -0.2483924, -0.0282908, -0.0001027, -0.0002267, -0.0006609, -0.0001538, -0.0005851,
  -0.0003259, -0.0003425, -0.0006915, -0.0000036, -0.0008017, -0.0004574, -0.0000124,
]

/** Sum of `weights[k] * cos(k * theta)`, by Clenshaw's recurrence. */
function cosines(weights: readonly number[], theta: number): number {
  const twice = 2 * Math.cos(theta)
  let next = 0
  let afterNext = 0
  for (let k = weights.length - 1; k > 0; k--) {
    const sum = (weights[k] ?? 0) + twice * next - afterNext
    afterNext = next
    next = sum
  }
  return (weights[0] ?? 0) + (twice / 2) * next - afterNext
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
