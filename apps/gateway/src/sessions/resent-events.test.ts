import { createChannelPair } from '@parley/core'
import type { ClientEvent, ServerEvent } from '@parley/core'
import { describe, expect, it } from 'vitest'
import { withoutRedone } from './resent-events.ts'
import type { Redone } from './resent-events.ts'

const create = (event_id?: string): ClientEvent => ({
  type: 'response.create',
  ...(event_id && { event_id }),
})

const item = (id: string): ClientEvent => ({
  type: 'conversation.item.create',
  item: { id, type: 'message', role: 'user', content: [{ type: 'input_text', text: id }] },
})

async function passed(
  redone: Partial<Redone>,
  sent: readonly ClientEvent[],
): Promise<readonly ClientEvent[]> {
  const [client, gateway] = createChannelPair<ServerEvent, ClientEvent>()
  const none = { count: 0, itemIds: new Set<string>(), requestIds: new Set<string>(), hasCutAnswer: false }
  const channel = withoutRedone(gateway, { ...none, ...redone })
  for (const event of sent) client.send(event)
  await client.close()
  return await Array.fromAsync(channel)
}

describe('events a client sends again', () => {
  it('are taken again, but for items and answers that are there', async () => {
    const redone = { itemIds: new Set(['a']), requestIds: new Set(['event_1']) }
    const sent = [item('a'), create('event_1'), item('b'), create('event_2')]
    expect(await passed(redone, sent)).toEqual([item('b'), create('event_2')])
  })

  it('have one request less when an answer was cut off and nobody knows whose', async () => {
    const sent = [item('a'), create(), create()]
    expect(await passed({ count: 2, hasCutAnswer: true }, sent)).toEqual([item('a'), create()])
  })

  it('end where new ones begin', async () => {
    expect(await passed({ count: 1, hasCutAnswer: true }, [item('a'), create()])).toEqual([
      item('a'),
      create(),
    ])
  })
})
