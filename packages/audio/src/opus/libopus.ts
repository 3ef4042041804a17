import {
  Application,
  createDecoder,
  createEncoder,
  isOpusError,
  OpusErrorCode,
  Signal,
  type OpusDecoderHandle,
  type OpusEncoderHandle,
} from 'libopus-wasm'
import type {
  OpusApplication,
  OpusDecoder,
  OpusDecoderOptions,
  OpusEncoder,
  OpusEncoderOptions,
} from './opus-codec.ts'
import { parseOpusPacket } from './opus-packet.ts'

const applications: Readonly<Record<OpusApplication, Application>> = {
  voip: Application.Voip,
  audio: Application.Audio,
  low_delay: Application.RestrictedLowDelay,
}

/** Encoder of libopus in WebAssembly, for speech at 24 kHz unless said otherwise. */
export async function createLibopusEncoder(options: OpusEncoderOptions = {}): Promise<OpusEncoder> {
  const {
    sampleRate = 24_000,
    channels = 1,
    frameMs = 20,
    bitrate = 32_000,
    complexity = 5,
    application = 'voip',
    fec = true,
    packetLossPercent = 10,
    dtx = false,
  } = options
  const frameSamples = (sampleRate * frameMs) / 1000
  const handle: OpusEncoderHandle = await createEncoder({
    sampleRate,
    channels,
    frameSize: frameSamples,
    bitrate,
    complexity,
    application: applications[application],
    signal: application === 'voip' ? Signal.Voice : Signal.Auto,
    fec,
    packetLossPercent,
    dtx,
  })
  const lookaheadSamples = handle.getLookahead()
  return {
    sampleRate,
    channels,
    frameSamples,
    lookaheadSamples,
    encode: (frame) => handle.encodeFloat(frame),
    adapt(line) {
      if (line.bitrate !== undefined) handle.setBitrate(line.bitrate)
      if (line.packetLossPercent !== undefined) handle.setPacketLossPercent(line.packetLossPercent)
    },
    [Symbol.dispose]: () => handle.free(),
  }
}

/** Decoder of libopus in WebAssembly, to mono at 24 kHz unless said otherwise. */
export async function createLibopusDecoder(options: OpusDecoderOptions = {}): Promise<OpusDecoder> {
  const { sampleRate = 24_000, channels = 1 } = options
  const handle: OpusDecoderHandle = await createDecoder({ sampleRate, channels })
  let lastSamples = sampleRate / 50
  return {
    sampleRate,
    channels,
    decode(packet) {
      parseOpusPacket(packet)
      const samples = decoded(() => handle.decodeFloat(packet))
      lastSamples = samples.length / channels
      return samples
    },
    decodeLost: (samples = lastSamples) => handle.decodePacketLossFloat(samples),
    hasFec: (next) => parseOpusPacket(next).hasFec,
    decodeFec(next, samples = lastSamples) {
      if (!parseOpusPacket(next).hasFec) return handle.decodePacketLossFloat(samples)
      return decoded(() => handle.decodeFloat(next, { decodeFec: true, frameSize: samples }))
    },
    [Symbol.dispose]: () => handle.free(),
  }
}

/** What the library says about bytes of a peer becomes a `SyntaxError`. */
function decoded(decode: () => Float32Array): Float32Array {
  try {
    return decode()
  } catch (error) {
    if (!isOpusError(error) || error.code !== OpusErrorCode.InvalidPacket) throw error
    throw new SyntaxError('Bad Opus packet', { cause: error })
  }
}
