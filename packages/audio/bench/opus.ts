import { concealedLoss } from './opus/concealed-loss.ts'
import { costOfOpus } from './opus/cost.ts'
import { jitterFigures } from './opus/jitter.ts'
import type { BenchOptions, Section } from './section.ts'

/** Opus over a line that loses and delays packets. */
export async function run(options: BenchOptions): Promise<Section> {
  return {
    id: 'opus',
    title: 'Opus and the jitter buffer',
    tables: [await jitterFigures(options), await concealedLoss(options), await costOfOpus(options)],
  }
}
