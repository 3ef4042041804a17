import type { BenchOptions, Section } from './section.ts'
import { loudnessFigures } from './signals/loudness.ts'
import { noiseSuppression } from './signals/noise-suppression.ts'
import { callProgressFigures, dtmfFigures } from './signals/tones.ts'

/** Noise suppression, loudness and tones. */
export async function run(options: BenchOptions): Promise<Section> {
  return {
    id: 'signals',
    title: 'Noise, loudness and tones',
    tables: [
      await noiseSuppression(options),
      await loudnessFigures(options),
      await dtmfFigures(options),
      await callProgressFigures(options),
    ],
  }
}
