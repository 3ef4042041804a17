import { concatFloat32 } from './concat.ts'
import { createResampler } from './resampler.ts'

/**
 * A whole sound at another rate (Hz); the very samples when they have it already. Sound that comes in pieces needs
 * `createResampler`.
 */
export function resample(
  samples: Float32Array,
  rates: { readonly from: number; readonly to: number },
): Float32Array {
  if (rates.from === rates.to) return samples
  const resampler = createResampler(rates)
  const resampled = concatFloat32([...resampler.process(samples), ...resampler.flush()])
  resampler[Symbol.dispose]()
  return resampled
}
