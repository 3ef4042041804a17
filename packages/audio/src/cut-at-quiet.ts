/**
 * Cuts samples into pieces of at most `maxSamples`, each at the quietest place of the last fifth of its reach, so
 * that no word is cut where there is a pause.
 */
export function cutAtQuiet(
  samples: Float32Array,
  maxSamples: number,
  windowSamples = 1_600,
): readonly Float32Array[] {
  const pieces: Float32Array[] = []
  let start = 0
  while (samples.length - start > maxSamples) {
    const from = start + Math.floor(maxSamples * 0.8)
    const cut = quietestCentre(samples.subarray(from, start + maxSamples), windowSamples) + from
    pieces.push(samples.subarray(start, cut))
    start = cut
  }
  pieces.push(samples.subarray(start))
  return pieces
}

/** Centre of the window with the least energy. */
function quietestCentre(samples: Float32Array, windowSamples: number): number {
  const width = Math.min(windowSamples, samples.length)
  let energy = 0
  for (let index = 0; index < width; index += 1) energy += (samples[index] ?? 0) ** 2
  let least = energy
  let best = 0
  for (let start = 1; start + width <= samples.length; start += 1) {
    energy += (samples[start + width - 1] ?? 0) ** 2 - (samples[start - 1] ?? 0) ** 2
    if (energy < least) {
      least = energy
      best = start
    }
  }
  return best + Math.floor(width / 2)
}
