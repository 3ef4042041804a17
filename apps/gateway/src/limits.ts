/** Sizes and times that keep one peer from hurting the others. */
export interface Limits {
  /** Largest WebSocket message: the 15 MiB the protocol allows for one append, and room for JSON around it. */
  readonly maxMessageBytes: number
  /** Bytes queued for a client that does not read, before it is closed. */
  readonly maxBufferedBytes: number
  /** Time a client has to answer the closing handshake before its connection is cut. */
  readonly closeTimeoutMs: number
  /** Largest body of a REST request. */
  readonly maxBodyBytes: number
  /** Largest cassette or conversation that can be handed in. */
  readonly maxUploadBytes: number
  /** A peer that has not sent its request headers, or finished its TLS handshake, by then is dropped. */
  readonly headersTimeoutMs: number
  /** How often slow handshakes are looked for. */
  readonly connectionsCheckMs: number
  /** Time for a whole REST request to arrive. */
  readonly requestTimeoutMs: number
  /** Time between pings; a peer that leaves two of them unanswered is dropped. */
  readonly pingIntervalMs: number
  /** Time a session has to settle its work when another takes its conversation over. */
  readonly settleTimeoutMs: number
  /** Time the parts asked by `/readyz` have to answer. */
  readonly readinessTimeoutMs: number
  /** How often conversations whose time is over are deleted. */
  readonly purgeIntervalMs: number
  /** How many of them at once. */
  readonly purgeBatch: number
}

/** The limits of a running gateway. */
export const defaultLimits: Limits = {
  maxMessageBytes: 16 * 1024 * 1024,
  maxBufferedBytes: 8 * 1024 * 1024,
  closeTimeoutMs: 5_000,
  maxBodyBytes: 1024 * 1024,
  maxUploadBytes: 64 * 1024 * 1024,
  headersTimeoutMs: 5_000,
  connectionsCheckMs: 1_000,
  requestTimeoutMs: 30_000,
  pingIntervalMs: 25_000,
  settleTimeoutMs: 10_000,
  readinessTimeoutMs: 2_000,
  purgeIntervalMs: 10 * 60_000,
  purgeBatch: 100,
}
