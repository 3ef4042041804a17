export { createLibopusDecoder, createLibopusEncoder } from './libopus.ts'
export type {
  OpusApplication,
  OpusDecoder,
  OpusDecoderOptions,
  OpusEncoder,
  OpusEncoderOptions,
  OpusSampleRate,
} from './opus-codec.ts'
export { parseOpusPacket, type OpusPacketHead } from './opus-packet.ts'
export {
  createWebCodecsDecoder,
  createWebCodecsEncoder,
  type BackgroundCoder,
  type WebCodecs,
  type WebCodecsDecoderOptions,
  type WebCodecsEncoderOptions,
} from './web-codecs.ts'
