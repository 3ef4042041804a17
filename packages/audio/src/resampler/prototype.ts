/**
 * What a resampler is made for. `full`: nothing folds anywhere. `lowDelay`: half the delay, and the last tenth of the band
 * may fold, which suits speech models. `high`: the quality of a studio, at three times the delay.
 */
export type Profile = 'full' | 'lowDelay' | 'high'

/** A low-pass filter in continuous time, whose unit is a sample of the lower of the two rates. */
export interface Prototype {
  /** The impulse response is 0 from here on. */
  readonly half: number
  impulse(time: number): number
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

/** The filter of a profile. */
export function prototypeOf(profile: Profile): Prototype {
  switch (profile) {
    case 'full':
      return kaiser(0.9, 1, 110)
    case 'lowDelay':
      return kaiser(0.9, 1.1, 110)
    case 'high':
      return kaiser(0.95, 1, 150)
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
