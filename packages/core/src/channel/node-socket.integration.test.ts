import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo, Socket as TcpSocket } from 'node:net'
import { describeLaws } from '@parley/audio/testing'
import { afterEach, describe, expect, it } from 'vitest'
import { WebSocketServer, type WebSocket } from 'ws'
import { RealtimeError } from '../errors.ts'
import { channelLaws, outcome, textCodec } from '../testing/channel-laws.ts'
import { connectNodeSocket, type NodeSocketOptions } from './node-socket.ts'
import { webSocketChannel } from './web-socket-channel.ts'

const servers: Server[] = []

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

type Upgrade = (request: IncomingMessage, socket: TcpSocket, head: Buffer) => void

/** Address of a server on loopback that treats upgrades as told. */
async function serve(upgrade: Upgrade): Promise<string> {
  const server = createServer()
  const sockets = new Set<TcpSocket>()
  server.on('connection', (socket: TcpSocket) => sockets.add(socket))
  server.on('close', () => {
    for (const socket of sockets) socket.destroy()
  })
  // An upgraded socket is a TCP socket here; the types allow any stream.
  server.on('upgrade', (request, socket, head) => upgrade(request, socket as TcpSocket, head))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const close = server.close.bind(server)
  server.close = (done) => {
    for (const socket of sockets) socket.destroy()
    return close(done)
  }
  servers.push(server)
  // A server that listens on TCP has an address of this shape.
  const { port } = server.address() as AddressInfo
  return `ws://127.0.0.1:${port}/v1/realtime?key=sk-secret`
}

async function serveSockets(accept: (socket: WebSocket, request: IncomingMessage) => void): Promise<string> {
  const webSockets = new WebSocketServer({ noServer: true, handleProtocols: () => 'realtime' })
  return serve((request, socket, head) =>
    webSockets.handleUpgrade(request, socket, head, (open) => accept(open, request)),
  )
}

async function refusal(options: NodeSocketOptions): Promise<RealtimeError> {
  const error: unknown = await connectNodeSocket(options).then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!(error instanceof RealtimeError)) throw new Error('The connection was not refused.')
  return error
}

describeLaws('channels over loopback sockets', channelLaws, async (maxBufferedBytes) => {
  const accepted = Promise.withResolvers<WebSocket>()
  const url = await serveSockets((socket) => {
    socket.pause()
    accepted.resolve(socket)
  })
  const near = webSocketChannel(await connectNodeSocket({ url }), textCodec, {
    maxBufferedBytes,
    closeTimeoutMs: 500,
  })
  const far = webSocketChannel(await accepted.promise, textCodec, { maxBufferedBytes, closeTimeoutMs: 500 })
  return {
    near,
    far,
    async [Symbol.asyncDispose]() {
      await Promise.all([near.close(), far.close()])
    },
  }
})

describe('a dialled socket', () => {
  it('loses nothing that the server says before anybody listens', async () => {
    const url = await serveSockets((socket) => {
      socket.send('"first"')
      socket.send('"second"')
      socket.close(1000)
    })
    const socket = await connectNodeSocket({ url })
    await new Promise((resolve) => setImmediate(resolve))
    expect(await outcome(webSocketChannel(socket, textCodec))).toEqual({
      events: ['first', 'second'],
      error: undefined,
    })
  })

  it('offers its headers and protocols', async () => {
    const seen = Promise.withResolvers<IncomingMessage>()
    const url = await serveSockets((_socket, request) => seen.resolve(request))
    const socket = await connectNodeSocket({
      url,
      headers: { authorization: 'Bearer sk' },
      protocols: ['realtime', 'x'],
    })
    const { headers } = await seen.promise
    expect(headers).toMatchObject({ authorization: 'Bearer sk', 'sec-websocket-protocol': 'realtime,x' })
    expect(headers['sec-websocket-extensions']).toBeUndefined()
    expect(socket.protocol).toBe('realtime')
    socket.terminate()
  })

  it('ends with backend_unavailable when the connection is cut', async () => {
    const url = await serveSockets((socket) => {
      socket.send('"a"', () => socket.terminate())
    })
    const channel = webSocketChannel(await connectNodeSocket({ url }), textCodec)
    expect(await outcome(channel)).toMatchObject({ events: ['a'], error: { code: 'backend_unavailable' } })
  })

  it('ends when a message is over the limit', async () => {
    const url = await serveSockets((socket) => {
      socket.on('error', () => {})
      socket.send(JSON.stringify('x'.repeat(2000)))
    })
    const channel = webSocketChannel(await connectNodeSocket({ url, maxPayload: 1000 }), textCodec)
    expect((await outcome(channel)).error?.code).toBe('backend_unavailable')
  })
})

describe('a refused socket', () => {
  it.each([
    [401, 'invalid_api_key'],
    [404, 'model_not_found'],
    [429, 'rate_limit_exceeded'],
    [403, 'backend_unavailable'],
    [503, 'backend_unavailable'],
    [200, 'backend_unavailable'],
  ])('with status %i has its code and tells no secret', async (status, code) => {
    const url = await serve((_request, socket) => {
      socket.end(`HTTP/1.1 ${status} No\r\ncontent-length: 9\r\nconnection: close\r\n\r\nsk-secret`)
    })
    const error = await refusal({ url, headers: { authorization: 'Bearer sk-secret' } })
    expect(error.code).toBe(code)
    expect(error.message).toContain(String(status))
    expect(`${error.message}${String(error.cause)}`).not.toMatch(/sk-secret|127\.0\.0\.1/)
  })

  it('by nobody listening has a code and tells no address', async () => {
    const url = await serve(() => {})
    for (const server of servers.splice(0)) {
      server.close()
      await once(server, 'close')
    }
    const error = await refusal({ url })
    expect(error.code).toBe('backend_unavailable')
    expect(error.message).toBe('The backend could not be reached (ECONNREFUSED).')
  })

  it('by a connection that ends in the handshake has a code', async () => {
    const url = await serve((_request, socket) => void socket.destroy())
    expect((await refusal({ url })).code).toBe('backend_unavailable')
  })

  it('is given up after the time, and the connection with it', async () => {
    const dialled = Promise.withResolvers<TcpSocket>()
    const url = await serve((_request, socket) => dialled.resolve(socket))
    const error = await refusal({ url, timeoutMs: 50 })
    expect(error).toMatchObject({
      code: 'backend_unavailable',
      message: 'The backend did not answer within 50 ms.',
    })
    const socket = await dialled.promise
    socket.resume()
    // Servers keep their half open, so the end is what shows that the client has gone.
    await once(socket, 'end')
  })

  it('is given up when the caller says so, before and during the dial', async () => {
    const controller = new AbortController()
    const url = await serve(() => controller.abort())
    expect((await refusal({ url, signal: controller.signal })).code).toBe('backend_unavailable')
    expect((await refusal({ url, signal: controller.signal })).message).toBe(
      'Dialling the backend was cancelled.',
    )
  })

  it.each(['nonsense sk-secret', 'ftp://host/?key=sk-secret', 'ws://host/?key=sk-secret#part'])(
    'for the address %j repeats nothing of it',
    async (url) => {
      const error = await refusal({ url })
      expect(error.code).toBe('backend_unavailable')
      expect(`${error.message}${String(error.cause)}`).not.toContain('sk-secret')
    },
  )
})
