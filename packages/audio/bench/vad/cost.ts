import { quantile } from '../noisy-speech/score.ts'
import type { Detector } from './detectors.ts'

/** Time for 32 ms of sound in us, one a detector, and how many times as long as the first, both as medians of rounds. */
export interface Cost {
  readonly name: string
  readonly microseconds: number
  readonly ratio: number
}

/** All detectors in turn, round after round, so that whatever else the machine does meets all of them. */
export async function costsOf(
  detectors: readonly Detector[],
  samples: Float32Array,
  rounds: number,
): Promise<readonly Cost[]> {
  const times = detectors.map((): number[] => [])
  const streams = detectors.map((detector) => detector.open())
  // The first round is not counted: code is compiled in it.
  for (let round = 0; round <= rounds; round++) {
    for (const [index, stream] of streams.entries()) {
      const { frameSamples } = stream
      const count = Math.floor(samples.length / frameSamples)
      const start = performance.now()
      for (let i = 0; i < count; i++) {
        const answer = stream.process(samples.subarray(i * frameSamples, (i + 1) * frameSamples))
        // A frame needs the state after the one before.
        // oxlint-disable-next-line no-await-in-loop
        if (typeof answer !== 'number') await answer
      }
      const frames = (count * frameSamples) / 512
      if (round > 0) times[index]?.push(((performance.now() - start) * 1000) / frames)
    }
  }
  return detectors.map(({ name }, index) => {
    const own = times[index] ?? []
    const ratios = own.map((time, round) => time / (times[0]?.[round] ?? NaN))
    return { name, microseconds: quantile(own, 0.5), ratio: quantile(ratios, 0.5) }
  })
}
