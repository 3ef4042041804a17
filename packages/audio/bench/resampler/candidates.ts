import { AudioFrame, AudioResampler, AudioResamplerQuality, dispose } from '@livekit/rtc-node'
import libsamplerate from '@alexanderolsen/libsamplerate-js'
import speexWasm from '@echogarden/speex-resampler-wasm/simd'
import speexResampler from 'speex-resampler'
import { createResampler } from '../../src/index.ts'

/** A stream of a resampler under test. */
export interface Opened {
  /** Takes a chunk as the resampler wants it, into an array of its own; gives the samples that came. */
  feed(chunk: Float32Array): Float32Array
  close(): void
}

/** A resampler under test. */
export interface Candidate {
  readonly name: string
  /** Takes and gives 16-bit samples only. */
  readonly isInt16?: boolean
  open(from: number, to: number): Opened | Promise<Opened>
}

/** Ours in vectors; every ratio of speed is to this one or the next. */
export const ours: Candidate = { name: 'ours, WebAssembly', open: (from, to) => opened(from, to, 'wasm') }
export const oursInJavascript: Candidate = {
  name: 'ours, JavaScript',
  open: (from, to) => opened(from, to, 'js'),
}

/** Ours from and to 16-bit samples, as peers that know nothing else. */
export const oursInt16: Candidate = {
  name: 'ours, JavaScript, 16 bit',
  isInt16: true,
  open(from, to) {
    const resampler = createResampler({ from, to, engine: 'js', input: 'int16', output: 'int16' })
    return int16Stream((chunk) => {
      const output = new Int16Array(resampler.outputLength(chunk.length))
      resampler.processInto(chunk, output)
      return output
    })
  },
}

function opened(from: number, to: number, engine: 'wasm' | 'js'): Opened {
  const resampler = createResampler({ from, to, engine })
  let output = new Float32Array(0)
  return {
    feed(chunk) {
      const length = resampler.outputLength(chunk.length)
      if (output.length !== length) output = new Float32Array(length)
      resampler.processInto(chunk, output)
      return output
    },
    close: () => resampler[Symbol.dispose](),
  }
}

/** Holds the last chunk as 16-bit samples, so that a chunk fed again costs no conversion. */
function int16Stream(
  process: (chunk: Int16Array<ArrayBuffer>) => Int16Array,
  close = (): void => undefined,
): Opened {
  let last: Float32Array | undefined
  let asInt16 = new Int16Array(0)
  let result: Int16Array | undefined
  let floats = new Float32Array(0)
  return {
    feed(chunk) {
      if (chunk !== last) asInt16 = Int16Array.from(chunk, (sample) => Math.round(sample * 32_768))
      const repeated = chunk === last
      last = chunk
      result = process(asInt16)
      // The conversion back is not the peer's either: who feeds the same chunk again measures speed.
      if (!repeated) floats = Float32Array.from(result, (sample) => sample / 32_768)
      return floats
    },
    close,
  }
}

/** `@echogarden/speex-resampler-wasm`, quality 7. */
const speexSimd: Candidate = {
  name: 'speex-resampler-wasm SIMD q7',
  async open(from, to) {
    const speex = await speexWasm()
    const room = Math.max(from, to)
    const [error, inLength, outLength] = [speex._malloc(4), speex._malloc(4), speex._malloc(4)]
    const [input, output] = [speex._malloc(4 * room), speex._malloc(4 * room)]
    const state = speex._speex_resampler_init(1, from, to, 7, error)
    let result = new Float32Array(0)
    return {
      feed(chunk) {
        speex.HEAPF32.set(chunk, input >> 2)
        speex.HEAP32[inLength >> 2] = chunk.length
        speex.HEAP32[outLength >> 2] = room
        speex._speex_resampler_process_float(state, 0, input, inLength, output, outLength)
        const length = speex.HEAP32[outLength >> 2] ?? 0
        if (result.length !== length) result = new Float32Array(length)
        result.set(speex.HEAPF32.subarray(output >> 2, (output >> 2) + length))
        return result
      },
      close: () => speex._speex_resampler_destroy(state),
    }
  },
}

/** `@livekit/rtc-node`: libsoxr behind a foreign-function interface, its default quality. */
const livekit: Candidate = {
  name: 'LiveKit AudioResampler',
  isInt16: true,
  open(from, to) {
    const resampler = new AudioResampler(from, to, 1, AudioResamplerQuality.MEDIUM)
    const process = (chunk: Int16Array): Int16Array => {
      const frames = resampler.push(new AudioFrame(chunk, from, 1, chunk.length))
      const [only] = frames
      if (frames.length === 1 && only) return only.data
      return Int16Array.from(frames.flatMap((frame) => [...frame.data]))
    }
    return int16Stream(process, () => resampler.close())
  },
}

/** `speex-resampler`, quality 7. */
const speex16: Candidate = {
  name: 'speex-resampler q7',
  isInt16: true,
  async open(from, to) {
    await speexResampler.default.initPromise
    const resampler = new speexResampler.default(1, from, to, 7)
    return int16Stream((chunk) => {
      const bytes = resampler.processChunk(Buffer.from(chunk.buffer))
      return new Int16Array(bytes.buffer, bytes.byteOffset, bytes.length / 2)
    })
  },
}

/** `@alexanderolsen/libsamplerate-js`, its fastest sinc. */
const samplerate: Candidate = {
  name: 'libsamplerate-js fastest',
  async open(from, to) {
    const { create, ConverterType } = libsamplerate
    const resampler = await create(1, from, to, { converterType: ConverterType.SRC_SINC_FASTEST })
    return { feed: (chunk) => resampler.full(chunk), close: () => resampler.destroy() }
  },
}

/** What demos ship: each sample between its two neighbours, with the last sample kept. */
const linear: Candidate = {
  name: 'linear interpolation',
  open(from, to) {
    let last = 0
    let position = 0
    return {
      feed(chunk) {
        const output = new Float32Array(Math.ceil(((chunk.length - position) * to) / from))
        let written = 0
        for (; position < chunk.length; position += from / to) {
          const index = Math.floor(position)
          const before = index === 0 ? last : (chunk[index - 1] ?? 0)
          output[written++] = before + ((chunk[index] ?? 0) - before) * (position - index)
        }
        position -= chunk.length
        last = chunk[chunk.length - 1] ?? last
        return output.subarray(0, written)
      },
      close() {},
    }
  },
}

/** Stops what would keep the process alive: the threads of LiveKit's native part. */
export const closePeers = dispose

export const peers = { speexSimd, livekit, speex16, samplerate, linear }
