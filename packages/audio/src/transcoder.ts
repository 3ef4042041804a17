import { isSameFormat, sampleRateOf, type AudioFormat } from './format.ts'
import type { Processor } from './processor.ts'
import { createResampler, type Resampler, type ResamplerOptions } from './resampler.ts'
import type { SampleFormat, Samples } from './resampler/sample-format.ts'

/** Turns the bytes of one stream from one format into another. */
export interface Transcoder extends Processor<Uint8Array, Uint8Array>, Disposable {
  /** How long an input sample waits for the samples after it that its output needs. */
  readonly delayMs: number
  /**
   * From the next output on, gives `ratio` times as many samples, in any format: what follows a clock that drifts. From 0.995
   * to 1.005; throws `RangeError` beyond. `reset` and `flush` end it.
   */
  nudge(ratio: number): void
}

/**
 * Turns a byte stream of one format into another in one pass; the very chunks pass when the formats are the same
 * and no sample is cut in two by a chunk border. A half sample waits for the rest of it; at the end of the stream it is dropped.
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
  const cutter = from.type === 'audio/pcm' ? createSampleCutter() : undefined
  const isSame = isSameFormat(from, to)
  let mayPass = isSame

  function reset(): void {
    mayPass = isSame
    cutter?.reset()
    resampler.reset()
  }

  return {
    get delayMs() {
      return resampler.delayMs
    },
    process(chunk) {
      const bytes = cutter ? cutter.wholeSamples(chunk) : chunk
      // It hears what passes too, in case it is nudged.
      const output = resampler.process(cutter ? int16Of(bytes) : bytes)
      if (mayPass) return bytes.length === 0 ? [] : [bytes]
      return output.map(bytesOf)
    },
    flush() {
      const rest = resampler.flush().map(bytesOf)
      reset()
      return rest
    },
    nudge(ratio) {
      mayPass = false
      resampler.nudge(ratio)
    },
    reset,
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

/** Little-endian 16-bit samples, as the memory of every engine has them. */
function int16Of(bytes: Uint8Array): Int16Array {
  // `slice` of a Node Buffer is a view where it was.
  const aligned = bytes.byteOffset % 2 === 0 ? bytes : new Uint8Array(bytes)
  return new Int16Array(aligned.buffer, aligned.byteOffset, aligned.length >> 1)
}

interface SampleCutter {
  /** Bytes of the samples that the chunk completes: the very chunk when it is these. */
  wholeSamples(chunk: Uint8Array): Uint8Array
  reset(): void
}

/** Puts together the 16-bit samples of bytes that are cut anywhere. */
function createSampleCutter(): SampleCutter {
  let half: number | undefined
  return {
    wholeSamples(chunk) {
      let bytes = chunk
      if (half !== undefined && chunk.length > 0) {
        bytes = new Uint8Array(chunk.length + 1)
        bytes[0] = half
        bytes.set(chunk, 1)
        half = undefined
      }
      if (bytes.length % 2 === 0) return bytes
      half = bytes.at(-1)
      return bytes.subarray(0, -1)
    },
    reset() {
      half = undefined
    },
  }
}
