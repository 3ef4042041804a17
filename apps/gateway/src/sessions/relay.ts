import type { WebSocket } from 'ws'

/** Unsent bytes above which the other side is not read. */
const highWaterBytes = 256 * 1024

/**
 * Pipes the frames of a client to the replica that has its session, and back, as they are. Pings of that replica reach
 * the client and its answers go back, so that the replica knows how far the client has come.
 */
export function relay(client: WebSocket, owner: WebSocket): void {
  pipe(client, owner)
  pipe(owner, client)
  owner.on('ping', (data) => {
    if (data.length > 0 && client.readyState === client.OPEN) client.ping(data)
    else if (owner.readyState === owner.OPEN) owner.pong(data)
  })
  client.on('pong', (data) => {
    if (data.length > 0 && owner.readyState === owner.OPEN) owner.pong(data)
  })
  client.on('close', (code, reason) => passClose(owner, code, reason))
  // A client comes back at once from 1012, and whoever it reaches finds out what has happened here.
  owner.on('close', (code, reason) =>
    code === 1006 ? passClose(client, 1012, Buffer.from('restart')) : passClose(client, code, reason),
  )
  for (const socket of [client, owner]) socket.on('error', () => undefined)
  if (client.readyState !== client.OPEN) owner.terminate()
  if (owner.readyState !== owner.OPEN) passClose(client, 1012, Buffer.from('restart'))
  owner.resume()
}

function pipe(from: WebSocket, to: WebSocket): void {
  from.on('message', (data, isBinary) => {
    if (to.readyState !== to.OPEN) return
    to.send(data as Buffer, { binary: isBinary }, () => {
      if (from.isPaused && to.bufferedAmount <= highWaterBytes / 2) from.resume()
    })
    if (to.bufferedAmount > highWaterBytes) from.pause()
  })
}

function passClose(socket: WebSocket, code: number, reason: Buffer): void {
  if (socket.readyState === socket.CLOSED) return
  if (socket.isPaused) socket.resume()
  // 1005 and 1006 say that there was no code, and may not be sent.
  if (code === 1006) socket.terminate()
  else if (code === 1005) socket.close()
  else socket.close(code, reason)
}
