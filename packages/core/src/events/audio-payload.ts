import { base64ToBytes, bytesToBase64 } from '@parley/audio'
import { z } from 'zod'
import { RealtimeError, type ErrorDetails } from '../errors.ts'

const base64Characters = /^[A-Za-z0-9+/]*={0,2}$/

function isBase64(text: string): boolean {
  return text.length % 4 === 0 && base64Characters.test(text)
}

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

  /** `undefined` unless the text is padded standard base64 (RFC 4648 section 4). */
  static tryFromBase64(base64: string): AudioPayload | undefined {
    return isBase64(base64) ? new AudioPayload(base64, undefined) : undefined
  }

  /** As `tryFromBase64`, but throws `invalid_value` with the given details. */
  static fromBase64(base64: string, details: ErrorDetails = { param: 'audio' }): AudioPayload {
    const payload = AudioPayload.tryFromBase64(base64)
    if (payload) return payload
    const message = `Invalid value for '${details.param ?? 'audio'}'. Expected base64-encoded audio.`
    throw new RealtimeError('invalid_value', message, details)
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

const expectation = 'Expected base64-encoded audio.'

/** Schema of a field that holds an `AudioPayload`. */
export const audioPayload = z.custom<AudioPayload>((value) => value instanceof AudioPayload, expectation)

/** Schema of a field that holds audio as base64 text. */
export const base64Text = z.string().refine(isBase64, expectation)
