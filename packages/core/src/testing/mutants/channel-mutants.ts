import type { Channel } from '../../channel/channel.ts'
import { createChannelPair } from '../../channel/channel-pair.ts'
import { normalClose } from '../../channel/close.ts'
import type { LinkedChannels, OpenChannels } from '../channel-laws.ts'

type TextChannel = Channel<string, string>

/** A right pair of channels of text. */
export function linkedPair(maxBufferedBytes: number): LinkedChannels {
  const [near, far] = createChannelPair<string, string>({ maxBufferedBytes, sizeOf: (event) => event.length })
  return {
    near,
    far,
    async [Symbol.asyncDispose]() {
      await near.close()
    },
  }
}

/** A channel that does what the given one does, but for the spoiled methods. */
function spoiled(
  spoil: (near: TextChannel, far: TextChannel) => Partial<TextChannel>,
  side: 'near' | 'far' = 'near',
  unlimited = false,
): OpenChannels {
  return async (maxBufferedBytes) => {
    const pair = linkedPair(unlimited ? Infinity : maxBufferedBytes)
    const inner = pair[side]
    const wrong: TextChannel = {
      send: (event) => inner.send(event),
      get bufferedBytes() {
        return inner.bufferedBytes
      },
      close: (close) => inner.close(close),
      [Symbol.asyncIterator]: () => inner[Symbol.asyncIterator](),
      [Symbol.asyncDispose]() {
        return this.close()
      },
      ...spoil(inner, side === 'near' ? pair.far : pair.near),
    }
    return { ...pair, [side]: wrong }
  }
}

/** A wrong channel for each law of `channelLaws`, by the name of the law it must break. */
export const channelMutants: Readonly<Record<string, OpenChannels>> = {
  'delivers what was sent, in order and in both directions': spoiled((near) => {
    let held: string | undefined
    return {
      send(event) {
        if (held !== undefined) near.send(event)
        if (held !== undefined) near.send(held)
        held = held === undefined ? event : undefined
      },
    }
  }),
  'keeps what arrived before it is iterated, even when the other side has closed': spoiled(
    (far, near) => ({
      async *[Symbol.asyncIterator]() {
        let early = near.bufferedBytes
        for await (const event of far) if ((early -= event.length) < 0) yield event
      },
    }),
    'far',
  ),
  'ends the iteration of both sides at a normal close': spoiled((near) => ({
    close: () => near.close({ code: 4000, reason: '' }),
  })),
  'throws the code and reason of any other close, after what was sent': spoiled((near) => ({
    close: () => near.close(normalClose),
  })),
  'ends the iteration without an error for the side that closes': spoiled((near) => ({
    async *[Symbol.asyncIterator]() {
      yield* near
      throw new Error('closed')
    },
  })),
  'sends nothing after the close and closes once': spoiled((near) => ({
    async close(close = normalClose) {
      await Promise.resolve()
      await near.close(close)
    },
  })),
  'closes with buffer_overflow when more waits than the limit': spoiled(() => ({}), 'near', true),
  'is closed by leaving its scope': spoiled((near, far) => ({
    async [Symbol.asyncDispose]() {
      near.send('left')
      await far.close()
    },
  })),
  'is iterated once': spoiled((near) => {
    const iterator = near[Symbol.asyncIterator]()
    return { [Symbol.asyncIterator]: () => iterator }
  }),
}
