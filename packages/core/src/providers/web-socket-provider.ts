import type { Codec } from '../channel/codec.ts'
import { connectNodeSocket } from '../channel/node-socket.ts'
import { webSocketChannel } from '../channel/web-socket-channel.ts'
import type { SpokenDialect } from '../dialects/dialect.ts'
import { RealtimeError } from '../errors.ts'
import type { ClientEvent } from '../events/client-events.ts'
import type { ServerEvent, WarningEvent } from '../events/server-events.ts'
import { closeError, createRedact, refusalError, type Redact } from './backend-errors.ts'
import type { Capabilities } from './capabilities.ts'
import { defaultConnectLimits, within, type ConnectLimits } from './connect-limits.ts'
import { readFirstEvents, type FirstEvent } from './first-event.ts'
import { keepAlive } from './keep-alive.ts'
import type { ConnectRequest, Provider, ProviderChannel, VoiceCatalog } from './provider.ts'

/** Where one session is opened. */
export interface Endpoint {
  /** `ws:` or `wss:`; `http:` and `https:` mean the same. */
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  readonly protocols?: readonly string[]
}

/** A WebSocket backend is data. */
export interface WebSocketProviderOptions {
  readonly name: string
  readonly dialect: SpokenDialect
  /** Of the configured model. */
  readonly capabilities: Capabilities
  /** Where they depend on the model that a session asks for. */
  readonly capabilitiesFor?: ((model: string | undefined) => Capabilities) | undefined
  /** Asked for each session, so that a token can be fetched; counts towards `openTimeoutMs`. */
  readonly endpoint: (request: ConnectRequest) => Endpoint | Promise<Endpoint>
  readonly voices?: VoiceCatalog | undefined
  readonly connect?: Partial<ConnectLimits> | undefined
  /** Default `session.created`. */
  readonly firstEvent?: FirstEvent | undefined
  /** Rewrites what the client asks for into what this backend calls it; `model` is that of the request. */
  readonly toBackend?: ((event: ClientEvent, model: string | undefined) => ClientEvent) | undefined
}

type NodeSocket = Awaited<ReturnType<typeof connectNodeSocket>>

/**
 * A provider over a WebSocket. `connect` resolves once the backend has begun the session, with nothing lost, and
 * rejects within its limits otherwise. A frame of the backend that is no event becomes a `warning`.
 */
export function webSocketProvider(options: WebSocketProviderOptions): Provider {
  const { name, capabilities, capabilitiesFor, voices } = options
  const limits = { ...defaultConnectLimits, ...options.connect }
  return {
    name,
    capabilities,
    ...(capabilitiesFor ? { capabilitiesFor } : {}),
    ...(voices ? { voices } : {}),
    async connect(request) {
      const { socket, redact } = await open(options, limits, request)
      const channel = openChannel(socket, { options, limits, redact, model: request.model })
      try {
        const events = channel[Symbol.asyncIterator]()
        const first = await within(
          {
            timeoutMs: limits.firstEventTimeoutMs,
            signal: request.signal,
            late: 'The backend began no session',
          },
          () =>
            readFirstEvents(events, {
              firstEvent: options.firstEvent ?? 'session.created',
              model: request.model,
              redact,
            }),
        )
        return startedChannel(channel, first, events)
      } catch (error) {
        void channel.close()
        throw error
      }
    },
  }
}

async function open(
  { endpoint }: WebSocketProviderOptions,
  { openTimeoutMs }: ConnectLimits,
  request: ConnectRequest,
): Promise<{ readonly socket: NodeSocket; readonly redact: Redact }> {
  const limit = { timeoutMs: openTimeoutMs, signal: request.signal, late: 'The backend did not answer' }
  return within(limit, async (signal) => {
    const { url, ...rest } = await endpoint({ ...request, signal })
    const wsUrl = url.replace(/^http/, 'ws')
    const socket = await connectNodeSocket({
      url: wsUrl,
      ...rest,
      signal,
      timeoutMs: openTimeoutMs,
      refused: refusalError,
    })
    return { socket, redact: createRedact({ url: wsUrl, ...rest }) }
  })
}

/** The channel over an open socket, its end explained: who closed and why, or that the peer is dead. */
function openChannel(
  socket: NodeSocket,
  connection: {
    readonly options: WebSocketProviderOptions
    readonly limits: ConnectLimits
    readonly redact: Redact
    readonly model: string | undefined
  },
): ProviderChannel {
  const { options, limits, redact, model } = connection
  let end: RealtimeError | undefined
  keepAlive(socket, {
    ...limits,
    onDead() {
      end = new RealtimeError(
        'backend_unavailable',
        `The backend stopped answering: no sign of life within ${limits.pongTimeoutMs} ms of a ping.`,
      )
    },
  })
  socket.on('close', (code, reason) => {
    end ??= closeError({ code, reason: reason.toString() }, redact)
  })
  const { toBackend = (event: ClientEvent) => event } = options
  const channel = webSocketChannel(socket, forgiving(options.dialect.connector(), redact))
  return {
    send: (event) => channel.send(toBackend(event, model)),
    get bufferedBytes() {
      return channel.bufferedBytes
    },
    close: (close) => channel.close(close),
    async *[Symbol.asyncIterator]() {
      try {
        yield* channel
      } catch (error) {
        const broken = error instanceof RealtimeError && error.code === 'backend_unavailable'
        throw broken ? (end ?? error) : error
      }
    },
    [Symbol.asyncDispose]: () => channel.close(),
  }
}

/** The channel with the first events put back before the rest. */
function startedChannel(
  channel: ProviderChannel,
  first: readonly ServerEvent[],
  rest: AsyncIterator<ServerEvent, undefined>,
): ProviderChannel {
  let closed = false
  let iterated = false

  async function* events(): AsyncGenerator<ServerEvent, undefined> {
    for (const event of first) {
      if (closed) return
      yield event
    }
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value
  }

  return {
    send: (event) => channel.send(event),
    get bufferedBytes() {
      return channel.bufferedBytes
    },
    close(close) {
      closed = true
      return channel.close(close)
    },
    [Symbol.asyncIterator]() {
      if (iterated) throw new RealtimeError('internal_error', 'A channel is iterated once.')
      iterated = true
      return events()
    },
    [Symbol.asyncDispose]() {
      return this.close()
    },
  }
}

/** A codec that warns of a frame that is no event, and keeps keys out of what a backend says about errors. */
function forgiving(codec: Codec<ServerEvent, ClientEvent>, redact: Redact): Codec<ServerEvent, ClientEvent> {
  return {
    decode(frame) {
      try {
        return codec.decode(frame).map((event) => withoutKeys(event, redact))
      } catch (error) {
        if (!(error instanceof RealtimeError) || error.code === 'internal_error') throw error
        return [warningOf(error)]
      }
    },
    encode: (event) => codec.encode(event),
  }
}

function withoutKeys(event: ServerEvent, redact: Redact): ServerEvent {
  if (event.type !== 'error') return event
  return { ...event, error: { ...event.error, message: redact(event.error.message) } }
}

function warningOf(error: RealtimeError): WarningEvent {
  return {
    type: 'warning',
    event_id: `event_${crypto.randomUUID()}`,
    warning: {
      code: error.code,
      message: `The backend sent what is no event; it was left out. ${error.message}`,
      param: error.param ?? null,
    },
  }
}
