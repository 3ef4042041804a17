import { RealtimeError, toRealtimeError } from '../errors.ts'
import type { Channel } from './channel.ts'
import { closeFor, errorOfClose, normalClose, type Close } from './close.ts'
import type { Codec, Frame } from './codec.ts'
import { Inbox } from './inbox.ts'

/** What the channel needs of a WebSocket; those of browsers and of `ws` have it. */
export interface Socket {
  readonly readyState: number
  readonly bufferedAmount: number
  binaryType: string
  send(frame: Frame): void
  close(code?: number, reason?: string): void
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void
  addEventListener(type: 'close', listener: (event: Close) => void): void
  addEventListener(type: 'error', listener: (event: object) => void): void
  /** Stops and restarts reading; browsers cannot. */
  pause?(): void
  resume?(): void
  /** Ends the connection without waiting for the other side. */
  terminate?(): void
}

/** Limits and failure handling of a channel over a WebSocket. */
export interface WebSocketChannelOptions {
  /** Bytes sent and not taken by the network above which `send` closes the channel. Default 8 MiB. */
  readonly maxBufferedBytes?: number
  /** Characters or bytes of received frames not yet iterated above which reading pauses. Default 1 MiB. */
  readonly maxPendingBytes?: number
  /** How long `close` waits for the other side to agree. Default 5 s. */
  readonly closeTimeoutMs?: number
  /** Told of each frame that is no event, then the channel goes on. Without it such a frame ends the channel. */
  readonly onInvalid?: (error: RealtimeError) => void
}

const closedState = 3

/**
 * A channel over an open WebSocket. Attach it before anything can arrive, or give it a paused socket: it resumes
 * it. A close other than 1000, 1001 or without a code ends the iteration with `backend_unavailable`.
 */
export function webSocketChannel<In, Out>(
  socket: Socket,
  codec: Codec<In, Out>,
  options: WebSocketChannelOptions = {},
): Channel<In, Out> {
  const { maxBufferedBytes = 8 * 1024 * 1024, maxPendingBytes = 1024 * 1024, closeTimeoutMs = 5000 } = options
  const closed = Promise.withResolvers<void>()
  const inbox = new Inbox<In>(() => {
    if (paused && inbox.pendingBytes <= maxPendingBytes / 2) setPaused(false)
  })
  let paused = false
  let closing = false
  let cause: unknown

  function setPaused(value: boolean): void {
    paused = value
    if (paused) socket.pause?.()
    else socket.resume?.()
  }

  /** Ends the iteration and starts the closing handshake. */
  function shut(close: Close, error?: RealtimeError): void {
    inbox.end(error)
    if (closing) return
    closing = true
    // A paused socket would never read the answer of the other side.
    setPaused(false)
    closeSocket(socket, close)
    const timer = setTimeout(() => {
      socket.terminate?.()
      closed.resolve()
    }, closeTimeoutMs)
    void closed.promise.then(() => clearTimeout(timer))
  }

  function receive(data: unknown): void {
    const frame = toFrame(data)
    try {
      for (const event of codec.decode(frame)) inbox.push(event, frame.length)
    } catch (error) {
      const refusal = toRealtimeError(error)
      if (!options.onInvalid || refusal.code === 'internal_error') throw refusal
      options.onInvalid(refusal)
    }
    if (!paused && inbox.pendingBytes > maxPendingBytes) setPaused(true)
  }

  socket.binaryType = 'arraybuffer'
  socket.addEventListener('error', (event) => {
    // A `close` follows and ends the iteration; only the cause is known here.
    cause = Reflect.get(event, 'error')
  })
  socket.addEventListener('message', ({ data }) => {
    if (inbox.ended) return
    try {
      receive(data)
    } catch (error) {
      const failure = toRealtimeError(error)
      shut(closeFor(failure), failure)
    }
  })
  socket.addEventListener('close', ({ code, reason }) => {
    closing = true
    inbox.end(errorOfClose({ code, reason }, cause))
    closed.resolve()
  })
  if (socket.readyState === closedState) {
    closing = true
    inbox.end(errorOfClose({ code: 1006, reason: '' }))
    closed.resolve()
  }
  setPaused(false)

  return {
    send(event) {
      if (closing) return
      for (const frame of codec.encode(event)) socket.send(frame)
      if (socket.bufferedAmount <= maxBufferedBytes) return
      const overflow = new RealtimeError('buffer_overflow', 'The other side reads too slowly.')
      shut(closeFor(overflow), overflow)
    },
    get bufferedBytes() {
      return socket.bufferedAmount
    },
    close(close = normalClose) {
      if (!closing) inbox.drop()
      shut(close)
      return closed.promise
    },
    [Symbol.asyncIterator]: () => inbox[Symbol.asyncIterator](),
    [Symbol.asyncDispose]() {
      return this.close()
    },
  }
}

function toFrame(data: unknown): Frame {
  if (typeof data === 'string') return data
  if (data instanceof ArrayBuffer) return new Uint8Array(data)
  throw new RealtimeError('invalid_event', 'An event is a text frame.')
}

/** A browser refuses the codes below 3000 other than 1000; there they move up by 3000. */
function closeSocket(socket: Socket, { code, reason }: Close): void {
  const clipped = clipReason(reason)
  try {
    socket.close(code, clipped)
  } catch {
    socket.close(code < 3000 ? code + 3000 : 4000, clipped)
  }
}

/** As many whole characters as fit the 123 bytes of a close frame. */
function clipReason(reason: string): string {
  const { read } = new TextEncoder().encodeInto(reason, new Uint8Array(123))
  return reason.slice(0, read)
}
