import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { bytesPerCall } from '../allocation.ts'
import type { SpeechProbability } from '../../src/vad/speech-probability.ts'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

/**
 * Bytes on the heap that a step allocates, whether they live on or not, of a case of `allocation-cases.ts`: in noise that
 * comes and goes, so that every path of a detector runs.
 */
export function bytesPerFrame(name: string): number {
  return bytesPerCall(new URL('./allocation-cases.ts', import.meta.url), name)
}

/** Bytes of one more open stream, typed arrays included. */
export function bytesPerStream(open: () => SpeechProbability): number {
  const count = 2000
  const streams: SpeechProbability[] = []
  collect()
  // Buffers are given back after the objects that held them.
  collect()
  const before = used()
  for (let i = 0; i < count; i++) streams.push(open())
  collect()
  const bytes = (used() - before) / count
  // Still in use up to here.
  streams.at(-1)?.reset()
  return bytes
}

function used(): number {
  const { heapUsed, external, arrayBuffers } = process.memoryUsage()
  return heapUsed + Math.max(external, arrayBuffers)
}
