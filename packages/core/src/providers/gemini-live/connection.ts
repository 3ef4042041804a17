import type { Channel } from '../../channel/channel.ts'
import type { Close } from '../../channel/close.ts'
import type { Codec } from '../../channel/codec.ts'
import { connectNodeSocket } from '../../channel/node-socket.ts'
import { webSocketChannel } from '../../channel/web-socket-channel.ts'
import {
  readMessage,
  writeMessage,
  type ClientMessage,
  type ServerMessage,
} from '../../dialects/gemini-live/index.ts'
import { RealtimeError } from '../../errors.ts'
import { createRedact, refusalError } from '../backend-errors.ts'
import { within, type ConnectLimits } from '../connect-limits.ts'
import { keepAlive } from '../keep-alive.ts'
import { closeReason } from './close-reason.ts'
import type { GeminiEndpoint } from './endpoint.ts'

/** One socket to the service. */
export interface Connection {
  /** A frame that is no message arrives as its error. */
  readonly channel: Channel<ServerMessage | RealtimeError, ClientMessage>
  /** Why it ended, once it has. */
  readonly ended: RealtimeError | undefined
}

/** What dialling needs. */
export interface ConnectionOptions {
  readonly endpoint: (signal: AbortSignal) => Promise<GeminiEndpoint>
  readonly limits: ConnectLimits
  readonly signal: AbortSignal
}

const codec: Codec<ServerMessage | RealtimeError, ClientMessage> = {
  decode(frame) {
    try {
      return [readMessage(frame)]
    } catch (error) {
      if (error instanceof RealtimeError) return [error]
      throw error
    }
  },
  encode: (message) => [writeMessage(message)],
}

/** Opens a socket. Nothing is sent yet. Rejects as `connectNodeSocket` does. */
export async function openConnection(options: ConnectionOptions): Promise<Connection> {
  const { limits, signal } = options
  return within(
    { timeoutMs: limits.openTimeoutMs, signal, late: 'Gemini Live did not answer' },
    async (stop) => {
      const endpoint = await options.endpoint(stop)
      const socket = await connectNodeSocket({
        ...endpoint,
        signal: stop,
        timeoutMs: limits.openTimeoutMs,
        refused: refusalError,
      })
      const redact = createRedact(endpoint)
      let ended: RealtimeError | undefined
      socket.on('close', (code: number, reason: { toString(): string }) => {
        const close: Close = { code, reason: redact(reason.toString()) }
        ended ??= closeReason(close)
      })
      keepAlive(socket, {
        ...limits,
        onDead() {
          const message = `Gemini Live stopped answering: no sign of life within ${limits.pongTimeoutMs} ms of a ping.`
          ended = new RealtimeError('backend_unavailable', message)
        },
      })
      return {
        channel: webSocketChannel(socket, codec, { closeTimeoutMs: 1000 }),
        get ended() {
          return ended
        },
      }
    },
  )
}
