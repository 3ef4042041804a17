import { base64ToBytes, bytesToBase64 } from '@parley/audio'
import { z } from 'zod'
import { RealtimeError } from '../errors.ts'

const base64Characters = /^[A-Za-z0-9+/]*={0,2}$/

/**
 * Audio inside an event: base64 text as on the wire, and bytes as for processing. Each is made from the other
 * on first touch and kept, so audio that is only passed on is never converted.
 */
export class AudioPayload {
  #base64: string | undefined
  #bytes: Uint8Array | undefined

  private constructor(base64: string | undefined, bytes: Uint8Array | undefined) {
    this.#base64 = base64
    this.#bytes = bytes
  }

  /** Takes the bytes as they are; the caller does not change them afterwards. */
  static fromBytes(bytes: Uint8Array): AudioPayload {
    return new AudioPayload(undefined, bytes)
  }

  /** Throws `invalid_value` naming `param` unless the text is padded standard base64 (RFC 4648 section 4). */
  static fromBase64(base64: string, param = 'audio'): AudioPayload {
    if (base64.length % 4 !== 0 || !base64Characters.test(base64)) {
      throw new RealtimeError(
        'invalid_value',
        `Invalid value for '${param}': expected base64-encoded audio.`,
        { param },
      )
    }
    return new AudioPayload(base64, undefined)
  }

  /** Padded standard base64. */
  get base64(): string {
    this.#base64 ??= bytesToBase64(this.bytes)
    return this.#base64
  }

  /** The audio itself, in the format of the session. Not to be written to. */
  get bytes(): Uint8Array {
    this.#bytes ??= base64ToBytes(this.#base64 ?? '')
    return this.#bytes
  }

  /** Number of bytes, known without a conversion. */
  get byteLength(): number {
    if (this.#bytes) return this.#bytes.byteLength
    const base64 = this.#base64 ?? ''
    const padding = base64.endsWith('==') ? 2 : base64.endsWith('=') ? 1 : 0
    return (base64.length / 4) * 3 - padding
  }
}

/** Schema of a field that holds an `AudioPayload`. */
export const audioPayload = z.custom<AudioPayload>(
  (value) => value instanceof AudioPayload,
  'Expected audio.',
)
