import { createResampler } from '../../src/index.ts'
import { noise } from '../../src/testing/index.ts'
import type { AllocationCases } from '../allocation.ts'
import { pairs } from './pairs.ts'

interface Rates {
  readonly from: number
  readonly to: number
  readonly ratio?: number
}

/** A small ratio each, one too large for a table of its periods, and one that follows a clock. */
export const streams: readonly Rates[] = [
  ...pairs.map(([from, to]) => ({ from, to })),
  { from: 44_100, to: 48_000 },
  { from: 24_000, to: 24_000, ratio: 1.0003 },
]

const engines = ['wasm', 'js'] as const

/** What a case is called. */
export function nameOf({ from, to, ratio }: Rates, engine?: (typeof engines)[number]): string {
  const rates = `${from / 1000} > ${to / 1000}`
  return [rates, ratio && `x ${ratio}`, engine].filter(Boolean).join(', ')
}

/** `processInto` with 20 ms, by both engines. */
export const cases: AllocationCases = Object.fromEntries(
  streams.flatMap((stream) =>
    engines.map((engine) => [nameOf(stream, engine), () => resampling(stream, engine)]),
  ),
)

function resampling({ from, to, ratio }: Rates, engine: (typeof engines)[number]): () => number {
  const resampler = createResampler({ from, to, engine })
  if (ratio !== undefined) resampler.nudge(ratio)
  const chunk = noise({ seed: 1, length: from / 50 })
  // A sample more comes now and then.
  const output = new Float32Array(to / 50 + to / 100)
  return () => resampler.processInto(chunk, output)
}
