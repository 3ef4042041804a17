import type { Close } from './close.ts'

/**
 * Two-way, ordered stream of events. A client socket and a backend connection are the same thing mirrored.
 *
 * Iteration yields what the other side sends and ends when it closes normally; it throws a `RealtimeError`
 * when the connection breaks. A channel is iterated once. `await using` closes it.
 */
export interface Channel<In, Out> extends AsyncIterable<In>, AsyncDisposable {
  /** Never waits; over the byte limit it closes the channel with `buffer_overflow`. After close it does nothing. */
  send(event: Out): void
  /** Bytes accepted by `send` that the transport has not taken yet. */
  readonly bufferedBytes: number
  /** Closes both directions; resolves when the transport is done. Later calls do nothing. */
  close(close?: Close): Promise<void>
}
