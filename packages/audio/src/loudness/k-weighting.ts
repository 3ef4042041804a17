/** Second-order section, a0 being 1. */
export interface Biquad {
  readonly b: readonly [number, number, number]
  readonly a: readonly [number, number]
}

/**
 * The two filters of ITU-R BS.1770-5, annex 1, for any rate: its coefficients at 48 kHz are those of a high shelf and a
 * high pass of these frequencies and qualities under the bilinear transform.
 */
export function kWeighting(sampleRate: number): readonly [shelf: Biquad, highPass: Biquad] {
  return [shelf(sampleRate), highPass(sampleRate)]
}

function shelf(sampleRate: number): Biquad {
  const k = Math.tan((Math.PI * 1681.974450955533) / sampleRate)
  const q = 0.7071752369554196
  const high = 10 ** (3.999843853973347 / 20)
  const band = high ** 0.4996667741545416
  const a0 = 1 + k / q + k * k
  return {
    b: [
      (high + (band * k) / q + k * k) / a0,
      (2 * (k * k - high)) / a0,
      (high - (band * k) / q + k * k) / a0,
    ],
    a: [(2 * (k * k - 1)) / a0, (1 - k / q + k * k) / a0],
  }
}

function highPass(sampleRate: number): Biquad {
  const k = Math.tan((Math.PI * 38.13547087602444) / sampleRate)
  const q = 0.5003270373238773
  const a0 = 1 + k / q + k * k
  return { b: [1, -2, 1], a: [(2 * (k * k - 1)) / a0, (1 - k / q + k * k) / a0] }
}

/** K-weighting of one channel. */
export interface KWeightingFilter {
  /** Adds the squares of some samples of a chunk, after the filters, to `sum`. */
  addEnergy(sum: number, chunk: Float32Array, range: { readonly from: number; readonly to: number }): number
  reset(): void
}

/** Filter of one channel; samples that are not finite count as silence. */
export function createKWeightingFilter(sampleRate: number): KWeightingFilter {
  const [first, second] = kWeighting(sampleRate)
  const state = new Float64Array(4)
  return {
    addEnergy(before, chunk, { from, to }) {
      let [s1 = 0, s2 = 0, s3 = 0, s4 = 0] = state
      let sum = before
      for (let i = from; i < to; i++) {
        const sample = chunk[i] ?? 0
        const input = Number.isFinite(sample) ? Math.max(-1000, Math.min(1000, sample)) : 0
        const shelved = first.b[0] * input + s1
        s1 = first.b[1] * input - first.a[0] * shelved + s2
        s2 = first.b[2] * input - first.a[1] * shelved
        const passed = second.b[0] * shelved + s3
        s3 = second.b[1] * shelved - second.a[0] * passed + s4
        s4 = second.b[2] * shelved - second.a[1] * passed
        sum += passed * passed
      }
      state.set([s1, s2, s3, s4])
      return sum
    },
    reset: () => state.fill(0),
  }
}
