import { createResampler } from '@parley/audio'

import type { Pcm } from '../stages.ts'

/** All samples of a sound at the rate an engine wants. */
export function speechSamples(audio: Pcm, sampleRate: number): Float32Array {
  if (audio.sampleRate === sampleRate) return audio.samples
  const resampler = createResampler({ from: audio.sampleRate, to: sampleRate })
  const chunks = [...resampler.process(audio.samples), ...resampler.flush()]
  const samples = new Float32Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0))
  let offset = 0
  for (const chunk of chunks) {
    samples.set(chunk, offset)
    offset += chunk.length
  }
  return samples
}
