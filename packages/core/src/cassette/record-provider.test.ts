import { describe, expect, it } from 'vitest'
import { createChannelPair } from '../channel/channel-pair.ts'
import { RealtimeError } from '../errors.ts'
import type { ClientEvent } from '../events/client-events.ts'
import type { Item } from '../events/items.ts'
import type { ServerEvent } from '../events/server-events.ts'
import type { Provider } from '../providers/provider.ts'
import { fullCapabilities } from '../testing/full-capabilities.ts'
import { placed, testSession, updated } from '../testing/session-fixture.ts'
import { recordProviders } from './record-provider.ts'
import type { Tape } from './tape.ts'

/** A tape that remembers types, and two connections of one session. */
async function twice() {
  const kept: string[] = []
  let failed: string | undefined
  const tape: Tape = {
    id: 'tape',
    record: (from: string, { type }: { readonly type: string }) => void kept.push(`${from} ${type}`),
    failed: ({ code }) => (failed = code),
    mended: () => (failed = undefined),
    end: async () => undefined,
  }
  const sides: ReturnType<typeof createChannelPair<ClientEvent, ServerEvent>>[0][] = []
  const provider: Provider = {
    name: 'test',
    capabilities: fullCapabilities,
    async connect() {
      const [side, channel] = createChannelPair<ClientEvent, ServerEvent>()
      sides.push(side)
      return channel
    },
  }
  const record = recordProviders(tape)
  const request = { model: undefined, signal: new AbortController().signal }
  const first = await record(provider).connect(request)
  sides[0]?.fail(new RealtimeError('backend_unavailable', 'x'))
  await expect(first[Symbol.asyncIterator]().next()).rejects.toThrow('x')
  const failedAfterFirst = failed
  const second = await record(provider).connect(request)
  return { kept, second, side: sides[1], failedAfterFirst, failed: () => failed }
}

describe('a recording over more than one connection', () => {
  it('is mended when another connection goes on', async () => {
    const { failedAfterFirst, failed } = await twice()
    expect([failedAfterFirst, failed()]).toEqual(['backend_unavailable', undefined])
  })

  it('leaves out what the second is only told again, and keeps what is new', async () => {
    const { kept, second, side } = await twice()
    const told = (id: string): Item => ({ id, type: 'message', role: 'user', content: [] })
    const create = 'conversation.item.create'
    second.send({ type: 'session.update', event_id: 'parley_1', session: { type: 'realtime' } })
    second.send({ type: create, event_id: 'parley_2', item: told('u1') })
    second.send({ type: create, item: told('u2') })
    side?.send({ type: 'session.created', event_id: 'e', session: testSession })
    for (const event of [updated(), ...placed(told('u1'))]) side?.send(event)
    for (const event of placed(told('u2'))) side?.send(event)
    await side?.close()
    const received: string[] = []
    for await (const { type } of second) received.push(type)
    expect(received).toHaveLength(6)
    expect(kept).toEqual([
      'client conversation.item.create',
      'backend conversation.item.added',
      'backend conversation.item.done',
    ])
  })
})
