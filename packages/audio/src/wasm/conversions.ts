import { sampleToInt16 } from '../sample-to-int16.ts'
import { pcmInstance, type PcmExports } from './pcm.ts'

/** The two conversions of PCM, into an array that is long enough. */
export interface Conversions {
  toFloat32(bytes: Uint8Array, samples: Float32Array): void
  toPcm16(samples: Float32Array, bytes: Uint8Array): void
}

/** Samples converted in one go. */
const block = 4096
const narrow = 64
/** Converting writes up to 32 bytes too many. */
const wide = narrow + 2 * block + 64
const end = wide + 4 * block + 64

/** The conversions without WebAssembly. */
export const javascriptConversions: Conversions = {
  toFloat32(bytes, samples) {
    for (let i = 0; 2 * i < bytes.length; i++) {
      const low = bytes[2 * i] ?? 0
      const high = bytes[2 * i + 1] ?? 0
      samples[i] = (((high << 24) >> 16) | low) / 32768
    }
  },
  toPcm16(samples, bytes) {
    for (let i = 0; i < samples.length; i++) {
      const value = sampleToInt16(samples[i] ?? 0)
      bytes[2 * i] = value
      bytes[2 * i + 1] = value >> 8
    }
  },
}

let made: Conversions | undefined

/** The conversions of this thread, in vectors where WebAssembly may run. */
export function conversions(): Conversions {
  if (!made) {
    const exports = pcmInstance()
    made = exports ? inVectors(exports) : javascriptConversions
  }
  return made
}

function inVectors(exports: PcmExports): Conversions {
  const { memory } = exports
  memory.grow(Math.ceil(end / 65_536))
  const wholeBytes = new Uint8Array(memory.buffer)
  const wholeFloats = new Float32Array(memory.buffer)
  // Chunks of a stream are equally long: the views of the last results serve again.
  let floats = new Float32Array(0)
  let bytes = new Uint8Array(0)

  function widen(from: Uint8Array, to: Float32Array, at: number): void {
    const count = from.length >> 1
    wholeBytes.set(from, narrow)
    exports.decode(narrow, wide, count)
    if (floats.length !== count) floats = new Float32Array(memory.buffer, wide, count)
    to.set(floats, at)
  }

  function shorten(from: Float32Array, to: Uint8Array, at: number): void {
    wholeFloats.set(from, wide >> 2)
    exports.encode(wide, narrow, from.length)
    if (bytes.length !== 2 * from.length) bytes = new Uint8Array(memory.buffer, narrow, 2 * from.length)
    to.set(bytes, at)
  }

  return {
    toFloat32(from, to) {
      if (from.length <= 2 * block) widen(from, to, 0)
      else
        for (let i = 0; 2 * i < from.length; i += block) widen(from.subarray(2 * i, 2 * (i + block)), to, i)
    },
    toPcm16(from, to) {
      if (from.length <= block) shorten(from, to, 0)
      else for (let i = 0; i < from.length; i += block) shorten(from.subarray(i, i + block), to, 2 * i)
    },
  }
}
