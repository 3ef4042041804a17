import { bytesPerSample, isSameFormat, sampleRateOf, type AudioFormat } from './format.ts'
import { aLaw, muLaw } from './g711.ts'
import { float32ToPcm16, pcm16ToFloat32 } from './pcm.ts'
import type { Processor } from './processor.ts'
import { createResampler } from './resampler.ts'

/**
 * Turns a byte stream of one format into another; the very chunks pass when the formats are the same.
 * A sample may be cut in two by a chunk border; a half sample at the end of the stream is dropped.
 */
export function createTranscoder(from: AudioFormat, to: AudioFormat): Processor<Uint8Array, Uint8Array> {
  if (isSameFormat(from, to)) {
    return { process: (chunk) => (chunk.length === 0 ? [] : [chunk]), flush: () => [], reset() {} }
  }
  const resampler = createResampler({ from: sampleRateOf(from), to: sampleRateOf(to) })
  const decoder = createDecoder(from)
  const encode = encoderOf(to)
  return {
    process(chunk) {
      const samples = decoder.decode(chunk)
      return samples.length === 0 ? [] : resampler.process(samples).map(encode)
    },
    flush() {
      decoder.reset()
      return resampler.flush().map(encode)
    },
    reset() {
      decoder.reset()
      resampler.reset()
    },
  }
}

interface Decoder {
  decode(chunk: Uint8Array): Float32Array
  reset(): void
}

function createDecoder(format: AudioFormat): Decoder {
  if (bytesPerSample(format) === 1) {
    const law = format.type === 'audio/pcmu' ? muLaw : aLaw
    return { decode: (chunk) => law.toFloat32(chunk), reset() {} }
  }
  let half: number | undefined
  return {
    decode(chunk) {
      let bytes = chunk
      if (half !== undefined && chunk.length > 0) {
        bytes = new Uint8Array(chunk.length + 1)
        bytes[0] = half
        bytes.set(chunk, 1)
        half = undefined
      }
      if (bytes.length % 2 === 1) {
        half = bytes[bytes.length - 1]
        bytes = bytes.subarray(0, -1)
      }
      return pcm16ToFloat32(bytes)
    },
    reset() {
      half = undefined
    },
  }
}

function encoderOf(format: AudioFormat): (samples: Float32Array) => Uint8Array {
  switch (format.type) {
    case 'audio/pcm':
      return float32ToPcm16
    case 'audio/pcmu':
      return (samples) => muLaw.fromFloat32(samples)
    case 'audio/pcma':
      return (samples) => aLaw.fromFloat32(samples)
  }
}
