import { RealtimeError } from '../errors.ts'
import type { Channel } from './channel.ts'
import { errorOfClose, normalClose, type Close } from './close.ts'
import { Inbox } from './inbox.ts'

/** One end of an in-memory pair. */
export interface PairedChannel<In, Out> extends Channel<In, Out> {
  /** Closes both directions; the other side's iteration throws this very error after what was sent. */
  fail(error: RealtimeError): void
}

/** Limits of a pair. */
export interface ChannelPairOptions<Event> {
  /** Bytes sent and not yet taken, in one direction, above which `send` closes the pair. Default 8 MiB. */
  readonly maxBufferedBytes?: number
  /** Size of an event in bytes. Default: each counts 1 KiB. */
  readonly sizeOf?: (event: Event) => number
}

/** Two linked channels: what is sent on one is iterated on the other. The first receives `A` and sends `B`. */
export function createChannelPair<A, B>(
  options: ChannelPairOptions<A | B> = {},
): readonly [PairedChannel<A, B>, PairedChannel<B, A>] {
  const limits = { maxBufferedBytes: 8 * 1024 * 1024, sizeOf: () => 1024, ...options }
  const toFirst = new Inbox<A>()
  const toSecond = new Inbox<B>()
  return [channelEnd(toFirst, toSecond, limits), channelEnd(toSecond, toFirst, limits)]
}

function channelEnd<In, Out>(
  incoming: Inbox<In>,
  outgoing: Inbox<Out>,
  limits: Required<ChannelPairOptions<In | Out>>,
): PairedChannel<In, Out> {
  function end(toOther: RealtimeError | undefined, toUs?: RealtimeError): void {
    outgoing.end(toOther)
    if (!toUs && !incoming.ended) incoming.drop()
    incoming.end(toUs)
  }

  return {
    send(event) {
      outgoing.push(event, limits.sizeOf(event))
      if (outgoing.pendingBytes <= limits.maxBufferedBytes || outgoing.ended) return
      const overflow = new RealtimeError('buffer_overflow', 'The other side reads too slowly.')
      end(overflow, overflow)
    },
    get bufferedBytes() {
      return outgoing.pendingBytes
    },
    close(close: Close = normalClose) {
      end(errorOfClose(close))
      return Promise.resolve()
    },
    fail(error) {
      end(error)
    },
    [Symbol.asyncIterator]: () => incoming[Symbol.asyncIterator](),
    [Symbol.asyncDispose]() {
      return this.close()
    },
  }
}
