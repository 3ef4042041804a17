import { concatBytes } from './concat.ts'
import { pcm16ToFloat32 } from './pcm.ts'
import type { Processor } from './processor.ts'

/** Turns a stream of PCM16 bytes, cut anywhere, into samples; half a sample at its end is none. */
export function createPcm16Decoder(): Processor<Uint8Array, Float32Array> {
  let odd: Uint8Array | undefined
  return {
    process(chunk) {
      const bytes = odd ? concatBytes([odd, chunk]) : chunk
      const whole = bytes.length - (bytes.length % 2)
      // A copy: `slice` of a Node Buffer is a view, which would hold all of it.
      odd = whole < bytes.length ? new Uint8Array(bytes.subarray(whole)) : undefined
      return whole > 0 ? [pcm16ToFloat32(bytes.subarray(0, whole))] : []
    },
    flush() {
      odd = undefined
      return []
    },
    reset() {
      odd = undefined
    },
  }
}
