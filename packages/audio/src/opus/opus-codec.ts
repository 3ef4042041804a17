/** Rates at which Opus codes and decodes, in Hz; the packets are the same for all of them. */
export type OpusSampleRate = 8000 | 12_000 | 16_000 | 24_000 | 48_000

/** What the sound is: speech, anything, or anything with the least delay, which rules out error correction. */
export type OpusApplication = 'voip' | 'audio' | 'low_delay'

/** How an encoder codes. Frames are interleaved samples in [-1, 1]. */
export interface OpusEncoderOptions {
  /** 24000 by default: the rate of the models, so that nothing is resampled. */
  readonly sampleRate?: OpusSampleRate
  readonly channels?: 1 | 2
  /** Length of one packet, 20 by default. */
  readonly frameMs?: 10 | 20 | 40 | 60
  /** Bits a second, 32000 by default; error correction takes its part of them. */
  readonly bitrate?: number
  /** 0 to 10, by default 5: beyond it the cost rises faster than the quality of speech. */
  readonly complexity?: number
  readonly application?: OpusApplication
  /** Each packet carries the one before it, coarsely; on by default. */
  readonly fec?: boolean
  /** Expected loss, 0 to 100, by default 10: how many bits the correction may have; at 0 it has none. */
  readonly packetLossPercent?: number
  /** Hardly anything is sent in silence; off by default. */
  readonly dtx?: boolean
}

/** Samples to packets (RFC 6716). */
export interface OpusEncoder extends Disposable {
  readonly sampleRate: OpusSampleRate
  readonly channels: 1 | 2
  /** Samples of one channel in one frame. */
  readonly frameSamples: number
  /** Samples of one channel by which what is decoded comes later: the pre-skip of a file, at `sampleRate`. */
  readonly lookaheadSamples: number
  /** One frame of exactly `frameSamples * channels` samples to one packet. Throws `RangeError` for another length. */
  encode(frame: Float32Array): Uint8Array
  /** Follows what the network allows and loses; what is left out stays. */
  adapt(line: { readonly bitrate?: number; readonly packetLossPercent?: number }): void
}

/** Packets to samples. All packets of a stream pass one decoder, in order: each needs the state of the one before. */
export interface OpusDecoder extends Disposable {
  readonly sampleRate: OpusSampleRate
  readonly channels: 1 | 2
  /** Interleaved samples of a packet. Throws `SyntaxError` for bytes that are no packet. */
  decode(packet: Uint8Array): Float32Array
  /** Stands in for lost sound of `samples` a channel (by default as long as the last packet). */
  decodeLost(samples?: number): Float32Array
  /** Whether `next` carries a copy of the packet right before it. */
  hasFec(next: Uint8Array): boolean
  /**
   * The lost packet right before `next`, from the coarse copy in `next`, or a guess where it has none. Decode `next`
   * itself afterwards.
   */
  decodeFec(next: Uint8Array, samples?: number): Float32Array
}

/** Options of a decoder; the rate need not be that of the encoder. */
export interface OpusDecoderOptions {
  readonly sampleRate?: OpusSampleRate
  readonly channels?: 1 | 2
}
