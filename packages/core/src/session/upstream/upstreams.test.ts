import { describe, expect, it } from 'vitest'
import { createChannelPair } from '../../channel/channel-pair.ts'
import type { PairedChannel } from '../../channel/channel-pair.ts'
import { RealtimeError } from '../../errors.ts'
import type { ClientEvent } from '../../events/client-events.ts'
import type { ServerEvent } from '../../events/server-events.ts'
import { fullCapabilities } from '../../testing/full-capabilities.ts'
import { testSession } from '../../testing/session-fixture.ts'
import type { Backend, RecoveryOptions } from '../ports.ts'
import { createUpstreams } from './upstreams.ts'

type Side = PairedChannel<ClientEvent, ServerEvent>

const created: ServerEvent = { type: 'session.created', event_id: 'e', session: testSession }
const cleared: ServerEvent = { type: 'input_audio_buffer.cleared', event_id: 'e' }

const recovery: RecoveryOptions = {
  maxTries: 3,
  baseDelayMs: 1,
  maxDelayMs: 1,
  leadMs: 0,
  marginMs: 0,
  silenceMs: 0,
  random: () => 0,
}

/** Backends that the test plays itself; one that is refused rejects with the error. */
function start(
  names: readonly [string, ...string[]],
  refusals: Readonly<Record<string, RealtimeError>> = {},
) {
  const dialled: string[] = []
  const sides: Side[] = []
  const heard: string[] = []
  const waiting: { what: string; resolve: () => void }[] = []
  const note = (what: string): void => {
    heard.push(what)
    for (const entry of waiting.filter((one) => one.what === what)) entry.resolve()
  }
  const backend = (name: string): Backend => ({
    model: undefined,
    provider: {
      name,
      capabilities: fullCapabilities,
      async connect() {
        dialled.push(name)
        const refusal = refusals[name]
        if (refusal) throw refusal
        const [side, channel] = createChannelPair<ClientEvent, ServerEvent>()
        sides.push(side)
        side.send(created)
        return channel
      },
    },
  })
  const [first, ...others] = names
  const upstreams = createUpstreams({
    backends: [backend(first), ...others.map(backend)],
    intent: undefined,
    recovery,
    firstTries: names.length,
    now: () => 0,
  })
  upstreams.listen({
    event: (event) => note(event.type),
    lost: ({ code }) => note(`lost ${code}`),
    ready: ({ backend: name }) => note(`ready ${name}`),
    failed: ({ code }) => note(`failed ${code}`),
  })
  return {
    upstreams,
    dialled,
    sides,
    heard,
    async hears(what: string): Promise<void> {
      if (heard.includes(what)) return
      const { promise, resolve } = Promise.withResolvers<void>()
      waiting.push({ what, resolve })
      await promise
    },
  }
}

const refused = new RealtimeError('invalid_api_key', 'No.')
const gone = new RealtimeError('backend_unavailable', 'Gone.')

describe('the connections of a session', () => {
  it('begin at the first backend that answers', async () => {
    const { upstreams, dialled } = start(['a', 'b'], { a: refused })
    expect(await upstreams.first()).toMatchObject({ backend: 'b', created })
    expect(dialled).toEqual(['a', 'b'])
    await upstreams.close()
  })

  it('tell why none answers, by the last of them', async () => {
    const { upstreams } = start(['a', 'b'], { a: gone, b: refused })
    await expect(upstreams.first()).rejects.toMatchObject({ code: 'invalid_api_key' })
  })

  it('say nothing before one is in use, and lose nothing of what it said', async () => {
    const { upstreams, sides, heard, hears } = start(['a'])
    await upstreams.first()
    sides[0]?.send(cleared)
    await new Promise(setImmediate)
    expect(heard).toEqual([])
    upstreams.takeOver()
    await hears('input_audio_buffer.cleared')
    await upstreams.close()
  })

  it('tell of a loss, and of the one that can follow', async () => {
    const { upstreams, sides, hears, dialled } = start(['a'])
    await upstreams.first()
    upstreams.takeOver()
    sides[0]?.fail(gone)
    await hears('lost backend_unavailable')
    upstreams.dial(gone)
    await hears('ready a')
    expect(dialled).toEqual(['a', 'a'])
    await upstreams.close()
  })

  it('hear nothing of a session that was replaced, which is closed then', async () => {
    const { upstreams, sides, heard, hears } = start(['a'])
    await upstreams.first()
    upstreams.takeOver()
    upstreams.dial(undefined)
    await hears('ready a')
    const [old, next] = sides
    upstreams.takeOver()
    old?.send(cleared)
    upstreams.send({ type: 'input_audio_buffer.clear' })
    const told = next?.[Symbol.asyncIterator]()
    expect((await told?.next())?.value).toMatchObject({ type: 'input_audio_buffer.clear' })
    const ended = old?.[Symbol.asyncIterator]()
    expect(await ended?.next()).toMatchObject({ done: true })
    expect(heard).toEqual(['ready a'])
    await upstreams.close()
  })

  it('tell when the one that stands by has ended', async () => {
    const { upstreams, sides, hears } = start(['a'])
    await upstreams.first()
    upstreams.takeOver()
    upstreams.dial(undefined)
    await hears('ready a')
    sides[1]?.fail(gone)
    await hears('failed backend_unavailable')
    await upstreams.close()
  })

  it('give up after as many tries as are allowed', async () => {
    const refusals: Record<string, RealtimeError> = {}
    const { upstreams, sides, hears, dialled } = start(['a'], refusals)
    await upstreams.first()
    upstreams.takeOver()
    refusals['a'] = gone
    sides[0]?.fail(gone)
    await hears('lost backend_unavailable')
    upstreams.dial(gone)
    await hears('failed backend_unavailable')
    expect(dialled).toEqual(['a', 'a', 'a', 'a'])
    await upstreams.close()
  })

  it('stop dialling when the session is over, with its reason', async () => {
    const upstreams = createUpstreams({
      backends: [
        {
          model: undefined,
          provider: {
            name: 'slow',
            capabilities: fullCapabilities,
            connect: ({ signal }) =>
              new Promise((_resolve, reject) => {
                signal.addEventListener('abort', () => reject(new Error('aborted')))
              }),
          },
        },
      ],
      intent: undefined,
      recovery,
      firstTries: 1,
      now: () => 0,
    })
    const first = upstreams.first()
    await upstreams.close(new RealtimeError('conversation_in_use', 'Taken.'))
    await expect(first).rejects.toMatchObject({ code: 'conversation_in_use' })
  })
})
