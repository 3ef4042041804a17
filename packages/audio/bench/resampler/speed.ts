import { noise } from '../../src/testing/index.ts'
import { microsecondsInTurns } from '../in-turns.ts'
import type { Candidate } from './candidates.ts'

const chunkMs = 20

/** Microseconds a chunk of 20 ms, of each candidate, all in turns. */
export async function speedOf(
  candidates: readonly Candidate[],
  from: number,
  to: number,
  rounds: number,
): Promise<readonly number[]> {
  const chunk = noise({ seed: 1, length: (from * chunkMs) / 1000 })
  const streams = await Promise.all(candidates.map(async (candidate) => candidate.open(from, to)))
  const feeds = streams.map((stream) => () => void stream.feed(chunk))
  const times = microsecondsInTurns(feeds, { rounds, calls: 100 })
  for (const stream of streams) stream.close()
  return times
}
