import type { BenchOptions, Section } from './section.ts'
import { loudnessFigures } from './signals/loudness.ts'
import { noiseSuppression } from './signals/noise-suppression.ts'
import { falseAlarms } from './signals/talk-off.ts'
import { callProgressFigures, dtmfFigures } from './signals/tones.ts'

/** Noise suppression, loudness and tones. */
export async function run(options: BenchOptions): Promise<Section> {
  const alarms = await falseAlarms(options)
  return {
    id: 'signals',
    title: 'Noise, loudness and tones',
    tables: [
      await noiseSuppression(options),
      await loudnessFigures(options),
      dtmfFigures(options, alarms),
      callProgressFigures(options, alarms),
    ],
  }
}
