import { RealtimeError } from '../errors.ts'

/** Why a channel ends: a WebSocket close code (RFC 6455 section 7.4) and a short reason without secrets. */
export interface Close {
  readonly code: number
  /** At most 123 bytes of UTF-8, the limit of a close frame. */
  readonly reason: string
}

/** The other side is done, or we are, and nothing is wrong. */
export const normalClose: Close = { code: 1000, reason: '' }

/** The close that tells the other side why we end a connection. */
export function closeFor(error: RealtimeError): Close {
  return { code: error.closeCode, reason: error.code }
}

/** What a close by the other side means: `undefined` when nothing is wrong (done, going away, no code given). */
export function errorOfClose(close: Close, cause?: unknown): RealtimeError | undefined {
  if (close.code === 1000 || close.code === 1001 || close.code === 1005) return undefined
  const reason = close.reason === '' ? '.' : `: ${close.reason}`
  return new RealtimeError('backend_unavailable', `The connection closed with code ${close.code}${reason}`, {
    cause,
  })
}
