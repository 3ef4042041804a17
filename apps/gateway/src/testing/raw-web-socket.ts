import { once } from 'node:events'
import { connect } from 'node:net'
import type { Socket } from 'node:net'

/** A WebSocket opened by hand on this machine: nothing answers pings, closes or reads on its own. */
export async function rawWebSocket(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => undefined)
  socket.write(
    'GET /v1/realtime HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n' +
      'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n',
  )
  const [head] = (await once(socket, 'data')) as [Buffer]
  if (!head.toString().startsWith('HTTP/1.1 101 ')) throw new Error(`No upgrade: ${head.toString()}`)
  return socket
}
