import { isSameFormat, sampleRateOf, type AudioFormat } from './format.ts'
import type { Processor } from './processor.ts'
import { createResampler, type Resampler, type ResamplerOptions } from './resampler.ts'
import type { SampleFormat, Samples } from './resampler/sample-format.ts'

/** A transcoder of bytes; what it adds to a processor is as in `Resampler`. */
export interface Transcoder extends Processor<Uint8Array, Uint8Array>, Disposable {
  readonly delayMs: number
  nudge(ratio: number): void
}

/**
 * Turns a byte stream of one format into another in one pass; the very chunks pass when the formats are the same.
 * A sample may be cut in two by a chunk border; a half sample at the end of the stream is dropped.
 */
export function createTranscoder(
  from: AudioFormat,
  to: AudioFormat,
  options: Pick<ResamplerOptions, 'profile' | 'engine'> = {},
): Transcoder {
  const resampler: Resampler<Samples, Samples> = createResampler({
    ...options,
    from: sampleRateOf(from),
    to: sampleRateOf(to),
    input: sampleFormats[from.type],
    output: sampleFormats[to.type],
  })
  const samples = from.type === 'audio/pcm' ? createSampleReader() : undefined
  let mayPass = isSameFormat(from, to)

  return {
    get delayMs() {
      return resampler.delayMs
    },
    process(chunk) {
      const input = samples ? samples.read(chunk) : chunk
      const output = resampler.process(input)
      // A sample cut in two is still one chunk here and one there.
      if (mayPass) return chunk.length === 0 ? [] : [chunk]
      return output.map(bytesOf)
    },
    flush() {
      mayPass = isSameFormat(from, to)
      samples?.reset()
      const rest = resampler.flush()
      return mayPass ? [] : rest.map(bytesOf)
    },
    nudge(ratio) {
      mayPass = false
      resampler.nudge(ratio)
    },
    reset() {
      mayPass = isSameFormat(from, to)
      samples?.reset()
      resampler.reset()
    },
    [Symbol.dispose]() {
      resampler[Symbol.dispose]()
    },
  }
}

const sampleFormats = {
  'audio/pcm': 'int16',
  'audio/pcmu': 'pcmu',
  'audio/pcma': 'pcma',
} as const satisfies Record<AudioFormat['type'], SampleFormat>

function bytesOf(samples: Samples): Uint8Array {
  return new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength)
}

interface SampleReader {
  read(chunk: Uint8Array): Int16Array
  reset(): void
}

/** Little-endian 16-bit samples of bytes that are cut anywhere, as the memory of every engine has them. */
function createSampleReader(): SampleReader {
  let half: number | undefined
  return {
    read(chunk) {
      let bytes = chunk
      if (half !== undefined && chunk.length > 0) {
        bytes = new Uint8Array(chunk.length + 1)
        bytes[0] = half
        bytes.set(chunk, 1)
        half = undefined
      }
      if (bytes.length % 2 === 1) half = bytes[bytes.length - 1]
      if (bytes.byteOffset % 2 === 1) bytes = bytes.slice()
      return new Int16Array(bytes.buffer, bytes.byteOffset, bytes.length >> 1)
    },
    reset() {
      half = undefined
    },
  }
}
