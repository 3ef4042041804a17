import { createFramer } from './framer.ts'
import type { Processor } from './processor.ts'

/** Lowest and highest sample of each `binSamples`, one pair after the other; 0 lies between the two. */
export function createWaveform(binSamples: number): Processor<Float32Array, Float32Array> {
  const framer = createFramer(binSamples)
  return {
    process: (samples) => edgesOf(framer.process(samples)),
    flush: () => edgesOf(framer.flush()),
    reset: () => framer.reset(),
  }
}

function edgesOf(bins: readonly Float32Array[]): readonly Float32Array[] {
  if (bins.length === 0) return []
  const edges = new Float32Array(2 * bins.length)
  for (const [place, bin] of bins.entries()) {
    let low = 0
    let high = 0
    for (const sample of bin) {
      if (sample < low) low = sample
      if (sample > high) high = sample
    }
    edges[2 * place] = low
    edges[2 * place + 1] = high
  }
  return [edges]
}
