import { RealtimeError, toRealtimeError } from '../errors.ts'
import type { Channel } from './channel.ts'
import { closeFor, errorOfClose, normalClose, type Close } from './close.ts'
import type { Codec, Frame } from './codec.ts'
import { createFrameCount } from './frame-count.ts'
import { Inbox } from './inbox.ts'
import { createSentFrames, type NumberedFrame } from './sent-frames.ts'
import { webSocketChannel, type Socket } from './web-socket-channel.ts'

/** Where both directions of a resumable channel stand. */
export interface ResumePosition {
  /** Number of the first frame that is sent after the greeting. */
  readonly next: number
  /** Frames received so far: the peer sends the later ones again. */
  readonly received: number
}

/** A channel over one socket after another. Frames count from 1 in each direction; nothing is added to them. */
export interface ResumableChannel<In, Out> extends Channel<In, Out> {
  /** Frames sent so far, with or without a socket. */
  readonly sent: number
  /** Frames received so far. */
  readonly received: number
  /** Whether a socket is there. */
  readonly attached: boolean
  /** Whether a peer that has the frames up to `after` can go on from there. */
  canResume(after: number): boolean
  /**
   * Goes on over another socket; the one before it is closed. The greeting is written first and has no number, then
   * what the peer lacks. A socket that lacks frames which are gone is closed with `buffer_overflow`.
   */
  attach(socket: Socket, after: number, greet: (position: ResumePosition) => Out): void
  /** Writes an event that has no number, to the socket of the moment or to nobody. */
  tell(event: Out): void
  /** The peer has every frame up to `number`. */
  acknowledge(number: number): void
  /** The last frame of which nothing but the first `events` received events came. */
  framesOf(events: number): number
  /** `framesOf` will be asked for no fewer events. */
  forgetFrames(events: number): void
  /** What a peer may still lack, oldest first. */
  kept(): readonly NumberedFrame[]
}

/** Limits and hooks of a resumable channel. */
export interface ResumableChannelOptions<Out> {
  /** How long it waits for a socket before it ends with `backend_unavailable` (ms). */
  readonly graceMs: number
  /** Bytes kept for a peer that is away, and bytes a peer may leave in its socket. Default 8 MiB. */
  readonly maxBufferedBytes?: number
  /** Acknowledged bytes that are kept all the same. Default 256 KiB. */
  readonly spareBytes?: number
  /** Characters or bytes of received frames not yet iterated above which reading pauses. Default 1 MiB. */
  readonly maxPendingBytes?: number
  /** How long a close waits for the other side to agree. Default 5 s. */
  readonly closeTimeoutMs?: number
  /** Told of each frame that is no event, then the channel goes on. Without it such a frame ends the channel. */
  readonly onInvalid?: (error: RealtimeError) => void
  /** Called with each frame that is numbered; it and the later ones are written when the promise has settled. */
  readonly hold?: (numbered: NumberedFrame, event: Out) => Promise<void> | undefined
  /** Called when a socket has come or gone. */
  readonly onAttached?: (attached: boolean) => void
  /** Where to go on counting, for a channel of another process. Default 0. */
  readonly sent?: number
  readonly received?: number
  /** Frames of that process which the peer lacks: they count on from `sent`. */
  readonly lacking?: readonly Frame[]
}

/** The socket's frames as they are. */
const asTheyAre: Codec<Frame, Frame> = { decode: (frame) => [frame], encode: (frame) => [frame] }

/** A code for a socket that another one of the same peer replaces; the peer must not come back with it. */
const replaced: Close = { code: 1008, reason: 'replaced' }

/** A channel without a socket yet; it waits for the first one as for any other. */
export function resumableChannel<In, Out>(
  codec: Codec<In, Out>,
  options: ResumableChannelOptions<Out>,
): ResumableChannel<In, Out> {
  const { graceMs, hold, onAttached } = options
  const { maxBufferedBytes = 8 * 1024 * 1024, maxPendingBytes = 1024 * 1024, closeTimeoutMs = 5000 } = options
  const frames = createSentFrames(options.sent ?? 0, options.spareBytes ?? 256 * 1024)
  for (const frame of options.lacking ?? []) frames.push(frame)
  const count = createFrameCount(options.received ?? 0)
  const inbox = new Inbox<In>(() => {
    if (inbox.pendingBytes <= maxPendingBytes / 2) room.resolve()
  })
  let room = Promise.withResolvers<void>()
  let socket: Channel<Frame, Frame> | undefined
  let released = frames.last
  let holding: Promise<void> | undefined
  let closing = false
  const closed = Promise.withResolvers<void>()
  let grace = setTimeout(expire, graceMs)

  function expire(): void {
    end(errorOfClose({ code: 1006, reason: '' }))
  }

  /** Over, with or without a socket; the iteration gets what is pending first. */
  function end(error?: RealtimeError): void {
    closing = true
    clearTimeout(grace)
    inbox.end(error)
    room.resolve()
    closed.resolve()
  }

  function detach(): void {
    socket = undefined
    if (closing) return
    grace = setTimeout(expire, graceMs)
    onAttached?.(false)
  }

  async function read(from: Channel<Frame, Frame>): Promise<void> {
    try {
      for await (const frame of from) {
        if (socket !== from) return
        receive(frame)
        if (inbox.pendingBytes > maxPendingBytes) {
          room = Promise.withResolvers()
          await room.promise
        }
      }
      if (socket === from) end()
    } catch (thrown) {
      if (socket !== from) return
      const error = toRealtimeError(thrown)
      // A lost connection is waited for; anything else is a fault of the peer, or ours.
      if (error.code === 'backend_unavailable') return detach()
      end(error)
      void from.close(closeFor(error))
    }
  }

  function receive(frame: Frame): void {
    let events: readonly In[] = []
    try {
      events = codec.decode(frame)
    } catch (thrown) {
      const refusal = toRealtimeError(thrown)
      if (!options.onInvalid || refusal.code === 'internal_error') throw refusal
      options.onInvalid(refusal)
    }
    count.add(events.length)
    for (const event of events) inbox.push(event, frame.length)
  }

  /** Writes what nothing holds any more. */
  function release(upTo: number): void {
    if (frames.gone > released || (!socket && frames.unacknowledgedBytes > maxBufferedBytes))
      return overflow()
    if (socket) for (const { frame } of frames.after(released, upTo)) socket.send(frame)
    released = upTo
    frames.shrink(maxBufferedBytes)
  }

  function overflow(): void {
    const error = new RealtimeError('buffer_overflow', 'The other side was away for too much.')
    if (!closing) end(error)
    void socket?.close(closeFor(error))
  }

  function push(frame: Frame, event: Out): void {
    const number = frames.push(frame)
    const wait = hold?.({ number, frame }, event)
    if (wait === undefined && holding === undefined) return release(number)
    const settled = Promise.allSettled([holding, wait]).then(() => {
      release(number)
      if (holding === settled) holding = undefined
    })
    holding = settled
  }

  async function closeHeld(close: Close): Promise<void> {
    while (holding) await holding
    await socket?.close(close)
    end()
  }

  return {
    get sent() {
      return frames.last
    },
    get received() {
      return count.frames
    },
    get attached() {
      return socket !== undefined
    },
    get bufferedBytes() {
      return socket?.bufferedBytes ?? frames.unacknowledgedBytes
    },
    canResume: (after) => !closing && after >= frames.gone && after <= frames.last,
    attach(next, after, greet) {
      const old = socket
      const raw = webSocketChannel(next, asTheyAre, { maxBufferedBytes, closeTimeoutMs })
      if (!this.canResume(after)) {
        void raw.close(closeFor(new RealtimeError('buffer_overflow', '')))
        return
      }
      clearTimeout(grace)
      socket = raw
      void old?.close(replaced)
      frames.acknowledge(after)
      for (const frame of codec.encode(greet({ next: after + 1, received: count.frames }))) raw.send(frame)
      for (const { frame } of frames.after(after, released)) raw.send(frame)
      onAttached?.(true)
      void read(raw)
    },
    tell(event) {
      if (socket && !closing) for (const frame of codec.encode(event)) socket.send(frame)
    },
    acknowledge: (number) => frames.acknowledge(Math.min(number, released)),
    framesOf: (events) => count.framesOf(events),
    forgetFrames: (events) => count.forget(events),
    kept: () => frames.after(frames.gone, frames.last),
    send(event) {
      if (!closing) for (const frame of codec.encode(event)) push(frame, event)
    },
    close(close = normalClose) {
      if (!closing) {
        closing = true
        clearTimeout(grace)
        inbox.drop()
        inbox.end()
        room.resolve()
        void closeHeld(close)
      }
      return closed.promise
    },
    [Symbol.asyncIterator]: () => inbox[Symbol.asyncIterator](),
    [Symbol.asyncDispose]() {
      return this.close()
    },
  }
}
