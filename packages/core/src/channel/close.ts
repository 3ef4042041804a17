/** Why a channel ends: a WebSocket close code (RFC 6455 section 7.4) and a short reason without secrets. */
export interface Close {
  readonly code: number
  /** At most 123 bytes of UTF-8, the limit of a close frame. */
  readonly reason: string
}

/** The other side is done, or we are, and nothing is wrong. */
export const normalClose: Close = { code: 1000, reason: '' }
