import type { Processor } from './processor.ts'

/** Cuts chunks of any length into frames of `frameSamples` samples; `flush` fills the last one with zeros. */
export function createFramer(frameSamples: number): Processor<Float32Array, Float32Array> {
  if (!Number.isInteger(frameSamples) || frameSamples < 1) {
    throw new RangeError(`frameSamples must be a positive integer, got ${frameSamples}`)
  }
  let frame = new Float32Array(frameSamples)
  let filled = 0
  return {
    process(chunk) {
      const frames: Float32Array[] = []
      let taken = 0
      while (taken < chunk.length) {
        const part = chunk.subarray(taken, taken + frameSamples - filled)
        frame.set(part, filled)
        taken += part.length
        filled += part.length
        if (filled === frameSamples) {
          frames.push(frame)
          frame = new Float32Array(frameSamples)
          filled = 0
        }
      }
      return frames
    },
    flush() {
      const frames = filled === 0 ? [] : [frame]
      frame = new Float32Array(frameSamples)
      filled = 0
      return frames
    },
    reset() {
      frame.fill(0)
      filled = 0
    },
  }
}
