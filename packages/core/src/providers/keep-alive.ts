/** What keeping a connection alive needs of a WebSocket; that of `ws` has it. */
export interface PingableSocket {
  readonly isPaused: boolean
  ping(): void
  terminate(): void
  on(type: 'pong' | 'message' | 'close', listener: () => void): unknown
}

/** When to ping, how long to wait, and whom to tell. */
export interface KeepAliveOptions {
  readonly pingIntervalMs: number
  readonly pongTimeoutMs: number
  /** Called once, before the socket is terminated. */
  readonly onDead: () => void
}

/**
 * Pings an open socket until it closes, and terminates one whose peer shows no sign of life. A peer that we do not
 * read from, because its client is slow, is not taken for dead.
 */
export function keepAlive(
  socket: PingableSocket,
  { pingIntervalMs, pongTimeoutMs, onDead }: KeepAliveOptions,
): void {
  let timer: NodeJS.Timeout

  function next(): void {
    clearTimeout(timer)
    timer = setTimeout(ping, pingIntervalMs)
  }
  function ping(): void {
    wait()
    socket.ping()
  }
  function wait(): void {
    timer = setTimeout(() => {
      if (socket.isPaused) return wait()
      onDead()
      socket.terminate()
    }, pongTimeoutMs)
  }

  timer = setTimeout(ping, pingIntervalMs)
  socket.on('pong', next)
  socket.on('message', next)
  socket.on('close', () => clearTimeout(timer))
}
