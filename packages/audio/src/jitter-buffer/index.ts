export { createPlainDecoder, type PlainDecoderOptions } from './concealment.ts'
export type { FrameDecoder } from './frame-decoder.ts'
export {
  createJitterBuffer,
  type JitterBuffer,
  type JitterBufferOptions,
  type JitterPacket,
} from './jitter-buffer.ts'
export type { JitterStatistics } from './statistics.ts'
