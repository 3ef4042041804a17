import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { SpeechProbability } from '../../src/vad/speech-probability.ts'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

/** Bytes that a frame leaves on the heap, collected or not. */
export function bytesPerFrame(stream: SpeechProbability): number {
  const frame = new Float32Array(stream.frameSamples).map((_, i) => Math.sin(i * i) / 8)
  const frames = 20_000
  // Until the code is compiled for good: what compilers leave behind is no part of a frame.
  for (let i = 0; i < 4 * frames; i++) stream.process(frame)
  collect()
  const before = process.memoryUsage().heapUsed
  for (let i = 0; i < frames; i++) stream.process(frame)
  return Math.max(0, (process.memoryUsage().heapUsed - before) / frames)
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
