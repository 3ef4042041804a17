import type { Law } from '@parley/audio/testing'
import { expect } from 'vitest'
import type { Channel } from '../channel/channel.ts'
import type { Codec } from '../channel/codec.ts'
import { RealtimeError } from '../errors.ts'

/** Two linked channels of text; disposing frees what carries them. */
export interface LinkedChannels extends AsyncDisposable {
  readonly near: Channel<string, string>
  readonly far: Channel<string, string>
}

/** Opens a pair with a limit on what `send` may leave waiting. */
export type OpenChannels = (maxBufferedBytes: number) => Promise<LinkedChannels>

/** What every channel does. */
export const channelLaws: readonly Law<OpenChannels>[] = [
  law('delivers what was sent, in order and in both directions', async ({ near, far }) => {
    const there = Array.from({ length: 500 }, (_, index) => `there ${index}`)
    const back = Array.from({ length: 500 }, (_, index) => `back ${index}`)
    for (const event of there) near.send(event)
    for (const event of back) far.send(event)
    expect(await Promise.all([take(far, 500), take(near, 500)])).toEqual([there, back])
  }),

  law(
    'keeps what arrived before it is iterated, even when the other side has closed',
    async ({ near, far }) => {
      near.send('a')
      near.send('b')
      await near.close()
      expect(await outcome(far)).toEqual({ events: ['a', 'b'], error: undefined })
    },
  ),

  law('ends the iteration of both sides at a normal close', async ({ near, far }) => {
    const both = Promise.all([outcome(near), outcome(far)])
    near.send('a')
    await near.close()
    expect(await both).toEqual([
      { events: [], error: undefined },
      { events: ['a'], error: undefined },
    ])
  }),

  law('throws the code and reason of any other close, after what was sent', async ({ near, far }) => {
    near.send('a')
    await near.close({ code: 1011, reason: 'engine_failed' })
    const { events, error } = await outcome(far)
    expect(events).toEqual(['a'])
    expect(error).toMatchObject({ code: 'backend_unavailable' })
    expect(error?.message).toMatch(/1011.*engine_failed/)
  }),

  law('ends the iteration without an error for the side that closes', async ({ near }) => {
    const iteration = outcome(near)
    await near.close({ code: 1011, reason: '' })
    expect(await iteration).toEqual({ events: [], error: undefined })
  }),

  law('sends nothing after the close and closes once', async ({ near, far }) => {
    const closing = near.close()
    near.send('late')
    await near.close({ code: 1011, reason: 'again' })
    await closing
    far.send('late')
    await far.close()
    expect(await outcome(far)).toEqual({ events: [], error: undefined })
  }),

  law('closes with buffer_overflow when more waits than the limit', async ({ near, far }) => {
    const event = 'x'.repeat(eventBytes)
    let sent = 0
    while (sent < 1000 && near.bufferedBytes <= limit) {
      near.send(event)
      sent++
    }
    for (let late = 0; late < 1000; late++) near.send(event)
    expect(sent).toBeLessThan(1000)
    expect(near.bufferedBytes).toBeLessThan(limit + 3 * eventBytes)
    expect(await outcome(near)).toMatchObject({ events: [], error: { code: 'buffer_overflow' } })
    const { events, error } = await outcome(far)
    expect(events.length).toBeLessThanOrEqual(sent)
    expect(error?.message).toBeDefined()
  }),

  law('is closed by leaving its scope', async ({ near, far }) => {
    {
      await using scoped = near
      scoped.send('a')
    }
    expect(await outcome(far)).toEqual({ events: ['a'], error: undefined })
  }),

  law('is iterated once', async ({ near }) => {
    near[Symbol.asyncIterator]()
    expect(() => near[Symbol.asyncIterator]()).toThrow('iterated once')
    await near.close()
  }),
]

const limit = 1024 * 1024
const eventBytes = 64 * 1024

/** Text as JSON, one frame an event. A frame that is not a JSON text is refused. */
export const textCodec: Codec<string, string> = {
  decode(frame) {
    const value: unknown = JSON.parse(typeof frame === 'string' && frame.startsWith('"') ? frame : 'null')
    if (typeof value !== 'string') throw new RealtimeError('invalid_event', 'not a text')
    return [value]
  },
  encode: (event) => [JSON.stringify(event)],
}

/** What an iteration gave until it ended, and the error it threw. */
export async function outcome(
  channel: Channel<string, unknown>,
): Promise<{ readonly events: readonly string[]; readonly error: RealtimeError | undefined }> {
  const events: string[] = []
  try {
    for await (const event of channel) events.push(event)
    return { events, error: undefined }
  } catch (error) {
    if (error instanceof RealtimeError) return { events, error }
    throw error
  }
}

async function take(channel: Channel<string, unknown>, count: number): Promise<readonly string[]> {
  const events: string[] = []
  for await (const event of channel) if (events.push(event) === count) break
  return events
}

function law(name: string, holds: (channels: LinkedChannels) => Promise<void>): Law<OpenChannels> {
  return {
    name,
    async holds(open) {
      await using channels = await open(limit)
      await holds(channels)
    },
  }
}
