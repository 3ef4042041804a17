import { echoCost } from './echo/cost.ts'
import { echoQuality } from './echo/quality.ts'
import type { BenchOptions, Section } from './section.ts'

/** Echo canceller: what is left of the echo, what becomes of the near end, what it costs. */
export async function run(options: BenchOptions): Promise<Section> {
  return {
    id: 'echo-canceller',
    title: 'Echo canceller',
    tables: [await echoQuality(options), echoCost(options)],
  }
}
