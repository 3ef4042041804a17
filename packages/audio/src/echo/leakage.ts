/** How much of the echo estimate's power is still in the error, a band. */
export interface Leakage {
  /** Takes the powers of a frame, a bin each. */
  update(error: Float64Array, echo: Float64Array, noise: Float64Array): void
  /** The share for a bin, 0 to 1. */
  at(bin: number): number
  reset(): void
}

/** First bins of the bands, 50 Hz each: narrow where speech is strong. */
const bandEdges = [0, 4, 8, 12, 16, 20, 26, 32, 40, 50, 62, 78, 100, 130, 160, 200, 260, 340, 480]

/** A band tells something when the echo in it is this much over the noise. */
const audibleRatio = 4
/** How fast the share follows a frame with less, and how fast one with more that the regression explains. */
const fall = 0.3
const rise = 0.05
/** Memory of the regression: 1.7 s. */
const regressionRate = 0.006
const regressionMargin = 1.5

/**
 * Follows the least ratio of error to echo, because speech near the microphone only adds to it; rises only as far as the
 * error's power goes up and down with the echo's (regression, after Valin 2007).
 */
export function createLeakage(bins: number): Leakage {
  const edges = [...bandEdges.filter((edge) => edge < bins), bins]
  const bands = edges.length - 1
  const bandOf = new Uint8Array(bins)
  for (let band = 0; band < bands; band++) bandOf.fill(band, edges[band], edges[band + 1])
  const share = new Float64Array(bands)
  const errorMean = new Float64Array(bands)
  const echoMean = new Float64Array(bands)
  const covariance = new Float64Array(bands)
  const variance = new Float64Array(bands)

  function regression(band: number, error: number, echo: number): number {
    const follow = (values: Float64Array, value: number): number => {
      const before = values[band] ?? 0
      const after = before + regressionRate * (value - before)
      values[band] = after
      return after
    }
    const errorApart = error - follow(errorMean, error)
    const echoApart = echo - follow(echoMean, echo)
    const slope = follow(covariance, errorApart * echoApart) / (follow(variance, echoApart ** 2) + 1e-20)
    return Math.min(1, Math.max(0, slope))
  }

  function reset(): void {
    share.fill(1)
    for (const values of [errorMean, echoMean, covariance, variance]) values.fill(0)
  }

  reset()
  return {
    update(error, echo, noise) {
      for (let band = 0; band < bands; band++) {
        let errorPower = 0
        let echoPower = 0
        let noisePower = 0
        for (let k = edges[band] ?? 0; k < (edges[band + 1] ?? 0); k++) {
          errorPower += error[k] ?? 0
          echoPower += echo[k] ?? 0
          noisePower += noise[k] ?? 0
        }
        const left = Math.max(0, errorPower - noisePower)
        const explained = regression(band, left, echoPower)
        if (echoPower <= audibleRatio * noisePower) continue
        const now = Math.min(1, left / echoPower)
        const before = share[band] ?? 0
        share[band] =
          now < before
            ? before + fall * (now - before)
            : before + rise * Math.max(0, Math.min(now, explained * regressionMargin) - before)
      }
    },
    at: (bin) => share[bandOf[bin] ?? 0] ?? 0,
    reset,
  }
}
