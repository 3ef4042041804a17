import { concatFloat32, measureResampler, type ResamplerQuality } from '../../src/testing/index.ts'
import type { Candidate, Opened } from './candidates.ts'

/** Quality of one resampler between two rates, and how long a sound takes through it. */
export interface Quality extends ResamplerQuality {
  readonly delayMs: number
}

/** Longest delay of a peer, which a measured tone has to outlast. */
const longestDelayMs = 120

/** Measures with so many tones over the band. */
export async function qualityOf(
  candidate: Candidate,
  from: number,
  to: number,
  tones: number,
): Promise<Quality> {
  const { delayMs, skip } = await impulseThrough(candidate, from, to)
  const streams: Opened[] = []
  // A stream for each tone: nothing of the one before is inside.
  for (let i = 0; i < tones + 60; i++) streams.push(await candidate.open(from, to))
  let next = 0
  const run = (input: Float32Array): Float32Array => {
    const stream = streams[next++]
    if (!stream) throw new Error(`${candidate.name}: too few streams were opened`)
    const silence = new Float32Array((from * longestDelayMs) / 1000)
    const output = concatFloat32([
      ...inChunks(stream, input, from / 50),
      ...inChunks(stream, silence, from / 50),
    ])
    return output.subarray(skip)
  }
  const quality = measureResampler({ from, to, run }, tones)
  for (const stream of streams) stream.close()
  return { ...quality, delayMs }
}

function inChunks(stream: Opened, input: Float32Array, length: number): Float32Array[] {
  const chunks: Float32Array[] = []
  for (let at = 0; at < input.length; at += length)
    chunks.push(stream.feed(input.slice(at, at + length)).slice())
  return chunks
}

interface Passage {
  /** Time from the sample of an impulse to the chunk of half a millisecond with which its peak comes out. */
  readonly delayMs: number
  /**
   * Samples of the output before the peak of the first sample: none where a resampler gives its samples late, as many as its
   * delay where it begins with silence.
   */
  readonly skip: number
}

async function impulseThrough(candidate: Candidate, from: number, to: number): Promise<Passage> {
  const stream = await candidate.open(from, to)
  const step = Math.round(from / 2000)
  let loudest = 0
  let taken = 0
  let given = 0
  let delay = 0
  let skip = 0
  while (taken < (from * longestDelayMs) / 1000) {
    const chunk = new Float32Array(step)
    if (taken === 0) chunk[0] = 0.9
    taken += step
    for (const sample of stream.feed(chunk)) {
      if (Math.abs(sample) > loudest) {
        loudest = Math.abs(sample)
        delay = taken
        skip = given
      }
      given++
    }
  }
  stream.close()
  return { delayMs: (delay * 1000) / from, skip }
}
