/** What turns payloads into samples of one channel, in order; a mono `OpusDecoder` is one. */
export interface FrameDecoder {
  readonly sampleRate: number
  /** Throws `SyntaxError` for a payload that is none; the buffer then takes it as lost. */
  decode(payload: Uint8Array): Float32Array
  /** Stands in for `samples` that did not come: always a multiple of 2.5 ms. */
  decodeLost(samples: number): Float32Array
  /** Whether `next` brings back the payload right before it. Both of these throw `SyntaxError` as `decode` does. */
  hasFec?(next: Uint8Array): boolean
  /** The payload right before `next`, as `next` remembers it. */
  decodeFec?(next: Uint8Array, samples: number): Float32Array
}
