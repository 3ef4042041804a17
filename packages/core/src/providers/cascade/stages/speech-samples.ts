import { resample } from '@parley/audio'

import type { Pcm } from '../stages.ts'

/** All samples of a sound at the rate an engine wants. */
export function speechSamples({ samples, sampleRate: from }: Pcm, sampleRate: number): Float32Array {
  return resample(samples, { from, to: sampleRate })
}
