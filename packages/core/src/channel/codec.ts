/** One WebSocket message: a string is a text frame. */
export type Frame = string | Uint8Array<ArrayBuffer>

/**
 * Frames to events and back for one connection. `decode(encode(x))` gives `[x]` for every event the dialect
 * does not omit.
 */
export interface Codec<In, Out> {
  /** Throws `RealtimeError` with `invalid_event` or `invalid_value` when the frame is not an event. */
  decode(frame: Frame): readonly In[]
  /** Empty only for types in `Dialect.omits`. */
  encode(event: Out): readonly Frame[]
}
