import { noise } from '../../src/testing/index.ts'
import type { Candidate } from './candidates.ts'

const chunkMs = 20
const warmUps = 300

/** Microseconds a chunk of 20 ms, of each candidate: the median of rounds in which all take turns. */
export async function speedOf(
  candidates: readonly Candidate[],
  from: number,
  to: number,
  rounds: number,
): Promise<readonly number[]> {
  const chunk = noise({ seed: 1, length: (from * chunkMs) / 1000 })
  const streams = await Promise.all(candidates.map(async (candidate) => candidate.open(from, to)))
  for (const stream of streams) for (let i = 0; i < warmUps; i++) stream.feed(chunk)
  const times = streams.map((): number[] => [])
  for (let round = 0; round < rounds; round++) {
    for (const [index, stream] of streams.entries()) {
      const began = performance.now()
      for (let i = 0; i < 100; i++) stream.feed(chunk)
      times[index]?.push((performance.now() - began) * 10)
    }
  }
  for (const stream of streams) stream.close()
  return times.map(median)
}

/** The value in the middle. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN
}

/** Geometric mean. */
export function geometricMean(values: readonly number[]): number {
  return Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length)
}
