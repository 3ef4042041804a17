/**
 * One sample to a 16-bit integer: times 32768, rounded to nearest with halves towards plus infinity, clamped
 * to [-32768, 32767]; NaN becomes 0. Undoes the scaling of `pcm16ToFloat32` exactly.
 */
export function sampleToInt16(sample: number): number {
  const rounded = Math.floor(sample * 32768 + 0.5)
  if (rounded >= 32767) return 32767
  if (rounded <= -32768) return -32768
  // NaN fails both comparisons and becomes 0 here.
  return rounded | 0
}
