import type { ClientEvent } from '@parley/core'
import { memoryStore } from '@parley/core/storage'
import { startRedis } from '@parley/core/testing'
import { expect, it } from 'vitest'
import { startGateway } from '../testing/gateway-under-test.ts'
import { scriptedProvider } from '../testing/scripted-provider.ts'
import { ask, connect } from '../testing/test-client.ts'

const gate = 'The gate is blue.'
const tea = 'I like tea.'

it('a session of another gateway of the cluster is told with the next turn of what was changed here', async () => {
  await using redis = await startRedis()
  await using store = memoryStore()
  const events: ClientEvent[] = []
  const provider = scriptedProvider({ name: 'scripted', onEvent: (event) => events.push(event) })
  const shared = { store, redisUrl: redis.url, memory: { people: true } }
  await using here = await startGateway({ ...shared, backends: new Map([['scripted', provider]]) })
  await using other = await startGateway(shared)
  await store.facts.put('ada', { id: 'f', text: tea, conversationId: undefined })
  using client = await connect(`${here.url}/v1/realtime?conversation=conv_1&person=ada`)
  await ask(client, 'hello')
  const first = JSON.stringify(events.splice(0))
  expect(first).toContain(tea)

  const facts = `${other.url}/v1/conversations/conv_1/facts`
  await expect
    .poll(async () => (await fetch(facts, { method: 'POST', body: JSON.stringify({ text: gate }) })).status)
    .toBe(201)
  expect((await fetch(`${other.url}/v1/people/ada`, { method: 'DELETE' })).status).toBe(204)
  await ask(client, 'and now?')
  const notes = (): readonly string[] =>
    events.flatMap((event) =>
      event.type === 'conversation.item.create' &&
      event.item.type === 'message' &&
      event.item.role === 'system'
        ? event.item.content.map(({ text }) => text)
        : [],
    )
  await expect.poll(() => notes().at(-1), { timeout: 5000 }).toContain(gate)
  await expect.poll(() => notes().at(-1)).not.toContain(tea)
})
