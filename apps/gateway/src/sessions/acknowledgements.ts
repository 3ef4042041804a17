import type { ResumableChannel } from '@parley/core'
import type { WebSocket } from 'ws'

/** Time between two questions (ms). */
const intervalMs = 1000

/**
 * Asks the peer of a socket how far it has come, by pings that hold the number of the last frame before them: every
 * WebSocket answers them in order, so no client has to know. Ends with the socket.
 */
export function acknowledgeByPongs(
  socket: WebSocket,
  channel: Pick<ResumableChannel<never, never>, 'sent' | 'acknowledge'>,
): void {
  let asked = 0
  const timer = setInterval(() => {
    if (channel.sent === asked || socket.readyState !== socket.OPEN) return
    asked = channel.sent
    socket.ping(String(asked))
  }, intervalMs)
  socket.on('pong', (data) => {
    const text = data.toString()
    // A number of ours, and never one that has not been asked about.
    if (/^\d{1,15}$/.test(text) && Number(text) <= asked) channel.acknowledge(Number(text))
  })
  socket.on('close', () => clearInterval(timer))
}
