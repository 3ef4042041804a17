import { createResampler } from '../../src/index.ts'
import { noise } from '../../src/testing/index.ts'
import type { AllocationCases } from '../allocation.ts'
import { pairs } from './pairs.ts'

/** A small ratio each, one too large for a table of its periods, and one that follows a clock. */
const streams = [
  ...pairs.map(([from, to]) => ({ from, to, ratio: undefined })),
  { from: 44_100, to: 48_000, ratio: undefined },
  { from: 24_000, to: 24_000, ratio: 1.0003 },
]

/** `processInto` with 20 ms, by both engines. */
export const cases: AllocationCases = Object.fromEntries(
  streams.flatMap(({ from, to, ratio }) =>
    (['wasm', 'js'] as const).map((engine) => {
      const nudged = ratio === undefined ? '' : `, nudged by ${ratio}`
      return [
        `${from / 1000} > ${to / 1000}${nudged}, ${engine}`,
        () => {
          const resampler = createResampler({ from, to, engine })
          if (ratio !== undefined) resampler.nudge(ratio)
          const chunk = noise({ seed: 1, length: from / 50 })
          // A sample more comes now and then.
          const output = new Float32Array(to / 50 + to / 100)
          return () => void resampler.processInto(chunk, output)
        },
      ]
    }),
  ),
)
