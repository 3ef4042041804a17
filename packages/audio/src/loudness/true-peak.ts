/** Largest magnitude of the signal between samples, at each sample. */
export interface TruePeakFollower {
  /** Samples by which the peaks come late. */
  readonly delaySamples: number
  /** Takes a sample, gives the peak between the two samples `delaySamples` ago, one of them included. */
  next(sample: number): number
  reset(): void
}

const phases = 4
const tapsOfPhase = 24

/**
 * Interpolation to four times the rate, as BS.1770-5 annex 2 asks for, with twice its taps for a flatter passband. Where
 * no peak can be over `floor`, that of the sample itself is given, which costs much less.
 */
export function createTruePeakFollower(floor = 0): TruePeakFollower {
  const taps = phaseTaps()
  const history = new Float64Array(2 * tapsOfPhase)
  const greatestGain = Math.max(
    ...taps.map((coefficients) => coefficients.reduce((sum, value) => sum + Math.abs(value), 0)),
  )
  /** Samples of this magnitude can have a peak over the floor between them. */
  const loud = floor / greatestGain
  let at = 0
  /** Samples for which a loud one is still in the history. */
  let loudFor = 0
  return {
    delaySamples: tapsOfPhase / 2,
    next(sample) {
      // Written twice, so that the last samples always lie in one piece.
      history[at] = sample
      history[at + tapsOfPhase] = sample
      at = (at + 1) % tapsOfPhase
      if (Math.abs(sample) >= loud) loudFor = tapsOfPhase
      let peak = Math.abs(history[at + tapsOfPhase / 2 - 1] ?? 0)
      if (loudFor === 0) return peak
      loudFor--
      for (const coefficients of taps) {
        let sum = 0
        for (let i = 0; i < tapsOfPhase; i++) sum += (history[at + i] ?? 0) * (coefficients[i] ?? 0)
        const magnitude = Math.abs(sum)
        if (magnitude > peak) peak = magnitude
      }
      return peak
    },
    reset() {
      history.fill(0)
      at = 0
      loudFor = 0
    },
  }
}

/** Windowed sincs for a quarter, a half and three quarters of a sample after the middle one. */
function phaseTaps(): readonly Float64Array[] {
  return Array.from({ length: phases - 1 }, (_, phase) => {
    const offset = (phase + 1) / phases
    const coefficients = Float64Array.from({ length: tapsOfPhase }, (_unused, i) => {
      const distance = i - (tapsOfPhase / 2 - 1) - offset
      const window = Math.cos((Math.PI * distance) / (tapsOfPhase + 1)) ** 2
      return (window * Math.sin(Math.PI * distance)) / (Math.PI * distance)
    })
    const sum = coefficients.reduce((total, value) => total + value, 0)
    return coefficients.map((value) => value / sum)
  })
}

/** Largest true peak of a whole signal, as a magnitude. */
export function truePeak(samples: Float32Array): number {
  const follower = createTruePeakFollower()
  let peak = 0
  for (let i = 0; i < samples.length + follower.delaySamples; i++) {
    const sample = samples[i] ?? 0
    peak = Math.max(peak, follower.next(Number.isFinite(sample) ? sample : 0))
  }
  return peak
}
