import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { WebSocketServer, type WebSocket } from 'ws'
import { openaiGa } from '../dialects/openai-ga/index.ts'
import { RealtimeError } from '../errors.ts'
import type { ServerEvent } from '../events/server-events.ts'
import type { ConnectRequest, Provider } from './provider.ts'
import { openaiCapabilities } from './openai/capabilities.ts'
import { webSocketProvider, type WebSocketProviderOptions } from './web-socket-provider.ts'

const key = 'sk-very-secret'
const created = { type: 'session.created', event_id: 'e1', session: { type: 'realtime', id: 'sess_1' } }
const stop: (() => void)[] = []

afterEach(() => {
  for (const step of stop.splice(0)) step()
})

interface Server {
  readonly accept?: (socket: WebSocket, request: IncomingMessage) => void
  readonly upgrade?: (socket: Socket) => void
}

/** Address of a backend on loopback with the key in its query. */
async function serve({ accept, upgrade }: Server): Promise<string> {
  const webSockets = new WebSocketServer({ noServer: true, autoPong: false })
  const server = createServer()
  const sockets = new Set<Socket>()
  server.on('upgrade', (request, stream, head) => {
    // An upgraded stream is a TCP socket here.
    const socket = stream as Socket
    sockets.add(socket)
    socket.on('error', () => {})
    if (upgrade) upgrade(socket)
    else webSockets.handleUpgrade(request, socket, head, (open) => accept?.(open, request))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  stop.push(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  // A server that listens on TCP has an address of this shape.
  const { port } = server.address() as AddressInfo
  return `http://127.0.0.1:${port}/v1/realtime?api-key=${key}`
}

async function provide(server: Server, options: Partial<WebSocketProviderOptions> = {}): Promise<Provider> {
  const url = await serve(server)
  return webSocketProvider({
    name: 'test',
    dialect: openaiGa,
    capabilities: openaiCapabilities('gpt-realtime'),
    endpoint: () => ({ url, headers: { Authorization: `Bearer ${key}` } }),
    ...options,
  })
}

const request: ConnectRequest = { model: undefined, signal: new AbortController().signal }

async function refusal(provider: Provider, signal = request.signal): Promise<RealtimeError> {
  const error: unknown = await provider.connect({ ...request, signal }).then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!(error instanceof RealtimeError)) throw new Error('The connection was not refused.')
  return error
}

async function read(provider: Provider): Promise<{ events: ServerEvent[]; error: unknown }> {
  await using channel = await provider.connect(request)
  const events: ServerEvent[] = []
  try {
    for await (const event of channel) events.push(event)
    return { events, error: undefined }
  } catch (error) {
    return { events, error }
  }
}

function sender(...events: readonly object[]): (socket: WebSocket) => void {
  return (socket) => {
    for (const event of events) socket.send(JSON.stringify(event))
    socket.close(1000)
  }
}

describe('a provider over a WebSocket', () => {
  it('begins with session.created and loses nothing that came before or after', async () => {
    const early = { type: 'conversation.created', event_id: 'e0', conversation: { id: 'conv_1' } }
    const odd = { type: 'vendor.novelty', event_id: 'e2', value: 1 }
    const { events, error } = await read(await provide({ accept: sender(early, odd, created, odd) }))
    expect(error).toBeUndefined()
    const extension = { type: 'extension', dialect: 'openai-ga', event: odd }
    expect(events).toEqual([created, early, extension, extension])
  })

  it('makes the session.created of a server that begins with conversation.created', async () => {
    const early = { type: 'conversation.created', event_id: 'e0', conversation: { id: 'conv_1' } }
    const provider = await provide({ accept: sender(early) }, { firstEvent: 'conversation.created' })
    const { events } = await read(provider)
    expect(events).toMatchObject([
      { type: 'session.created', session: { type: 'realtime', id: 'conv_1' } },
      early,
    ])
  })

  it('warns of a frame that is no event and goes on', async () => {
    const provider = await provide({
      accept(socket) {
        socket.send('{nonsense')
        socket.send(JSON.stringify(created))
        socket.send(JSON.stringify({ type: 'error', event_id: 'e2' }))
        socket.close(1000)
      },
    })
    const { events, error } = await read(provider)
    expect(error).toBeUndefined()
    expect(events).toMatchObject([
      { type: 'session.created' },
      { type: 'warning', warning: { code: 'invalid_event' } },
      { type: 'warning', warning: { code: 'missing_required_parameter', param: 'error' } },
    ])
  })

  it.each([
    [401, '{"error":{"code":"invalid_api_key"}}', 'invalid_api_key', 'invalid_api_key'],
    [403, '', 'invalid_api_key', '403'],
    [404, '{"error":{"code":"DeploymentNotFound"}}', 'model_not_found', 'DeploymentNotFound'],
    [429, '{"error":{"code":"insufficient_quota"}}', 'insufficient_quota', 'insufficient_quota'],
    [429, 'too fast', 'rate_limit_exceeded', '429'],
    [400, '{"error":{"code":"BadRequest"}}', 'backend_unavailable', 'BadRequest'],
    [503, '<html>', 'backend_unavailable', '503'],
  ] as const)('names a refusal by HTTP status %i %s', async (status, body, code, word) => {
    const provider = await provide({
      upgrade: (socket) =>
        socket.end(
          `HTTP/1.1 ${status} No\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
        ),
    })
    const error = await refusal(provider)
    expect(error.code).toBe(code)
    expect(error.message).toContain(word)
  })

  it('names a refusal whose body never comes by its status', async () => {
    const provider = await provide({
      upgrade: (socket) => socket.write('HTTP/1.1 401 No\r\nContent-Length: 100\r\n\r\n{'),
    })
    expect(await refusal(provider)).toMatchObject({
      code: 'invalid_api_key',
      message: expect.stringContaining('401'),
    })
  })

  it('names the limit when the upgrade is not answered', async () => {
    const provider = await provide({ upgrade() {} }, { connect: { openTimeoutMs: 60 } })
    expect(await refusal(provider)).toMatchObject({
      code: 'backend_unavailable',
      message: 'The backend did not answer within 60 ms.',
    })
  })

  it('counts the wait for an address towards the limit', async () => {
    const provider = await provide(
      {},
      { endpoint: () => new Promise(() => {}), connect: { openTimeoutMs: 60 } },
    )
    expect((await refusal(provider)).message).toBe('The backend did not answer within 60 ms.')
  })

  it('names the limit when no session begins', async () => {
    const provider = await provide({ accept() {} }, { connect: { firstEventTimeoutMs: 60 } })
    expect(await refusal(provider)).toMatchObject({
      code: 'backend_unavailable',
      message: 'The backend began no session within 60 ms.',
    })
  })

  it('gives up dialling when the request is aborted', async () => {
    const dialling = Promise.withResolvers<void>()
    const provider = await provide({ accept: () => dialling.resolve() })
    const abort = new AbortController()
    const refused = refusal(provider, abort.signal)
    await dialling.promise
    abort.abort()
    expect(await refused).toMatchObject({ code: 'backend_unavailable' })
  })

  it.each([
    ['invalid_api_key', 'invalid_api_key'],
    ['model_not_found', 'model_not_found'],
    ['session_expired', 'session_expired'],
    ['invalid_request_error.beta_api_shape_disabled', 'unsupported'],
    ['something_else', 'backend_unavailable'],
  ])('takes an error %s before the session for a refusal, without the key', async (vendorCode, code) => {
    const event = {
      type: 'error',
      event_id: 'e1',
      error: {
        type: 'invalid_request_error',
        code: vendorCode,
        message: `No: ${key} at wss://x/?key=${key}`,
      },
    }
    const error = await refusal(await provide({ accept: sender(event) }))
    expect(error.code).toBe(code)
    expect(error.message).toContain(vendorCode)
    expect(error.message).not.toMatch(/sk-very|wss:/)
  })

  it('explains a close before the session and keeps its code', async () => {
    const provider = await provide({
      accept: (socket) => socket.close(4000, 'invalid_request_error.beta_api_shape_disabled'),
    })
    expect(await refusal(provider)).toMatchObject({
      code: 'unsupported',
      message: expect.stringMatching(/beta.*close code 4000/),
    })
  })

  it('ends with an error that keeps the close code, without the key', async () => {
    const { events, error } = await read(
      await provide({
        accept(socket) {
          socket.send(JSON.stringify(created))
          socket.close(1011, `lost ${key}`)
        },
      }),
    )
    expect(events).toHaveLength(1)
    expect(error).toMatchObject({
      code: 'backend_unavailable',
      message: expect.stringContaining('1011: lost ***'),
    })
  })

  it('keeps the key out of error events', async () => {
    const failed = { type: 'error', event_id: 'e', error: { type: 'server_error', message: `at ${key}` } }
    const { events } = await read(await provide({ accept: sender(created, failed) }))
    expect(events[1]).toMatchObject({ error: { message: 'at ***' } })
  })

  it('finds a peer that answers no ping', async () => {
    const provider = await provide(
      { accept: (socket) => socket.send(JSON.stringify(created)) },
      { connect: { pingIntervalMs: 20, pongTimeoutMs: 60 } },
    )
    const { error } = await read(provider)
    expect(error).toMatchObject({
      message: 'The backend stopped answering: no sign of life within 60 ms of a ping.',
    })
  })

  it('sends what the client asks for as the backend calls it', async () => {
    const received = Promise.withResolvers<unknown>()
    const provider = await provide(
      {
        accept(socket) {
          socket.send(JSON.stringify(created))
          socket.on('message', (data) => received.resolve(JSON.parse((data as Buffer).toString())))
        },
      },
      { toBackend: (event) => ({ ...event, event_id: 'renamed' }) },
    )
    await using channel = await provider.connect(request)
    channel.send({ type: 'response.cancel' })
    expect(await received.promise).toEqual({ type: 'response.cancel', event_id: 'renamed' })
  })
})
