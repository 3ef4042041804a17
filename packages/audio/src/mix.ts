/** Adds 16-bit sound to `sum` from sample `at` on, clamped at full scale; what lies outside of `sum` is left out. */
export function mixInto(sum: Int16Array, samples: Int16Array, at: number): void {
  for (let i = Math.max(0, -at); i < samples.length && at + i < sum.length; i++) {
    const mixed = (sum[at + i] ?? 0) + (samples[i] ?? 0)
    sum[at + i] = Math.max(-32_768, Math.min(32_767, mixed))
  }
}

/** Mean of channels of equal length; one alone is copied. */
export function mixDown(channels: readonly Float32Array[]): Float32Array<ArrayBuffer> {
  const [first = new Float32Array(0), ...others] = channels
  const mixed = new Float32Array(first)
  if (others.length === 0) return mixed
  for (const channel of others) {
    for (let i = 0; i < mixed.length; i++) mixed[i] = (mixed[i] ?? 0) + (channel[i] ?? 0)
  }
  return mixed.map((sample) => sample / channels.length)
}
