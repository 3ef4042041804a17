import { connect as connectCaller } from '@parley/client'
import type { ParleyConnection } from '@parley/client'
import { beforeAll, describe, expect, it } from 'vitest'
import { haproxy, startComposeTopology } from './testing/compose-topology.ts'
import type { ComposeTopology } from './testing/compose-topology.ts'
import { connect, userText } from './testing/test-client.ts'
import type { TestClient } from './testing/test-client.ts'

let topology: ComposeTopology

function call(conversation: string): Promise<TestClient> {
  const query = `conversation=${conversation}&model=gpt-realtime`
  return connect(`${topology.url}/v1/realtime?${query}`, [], { headers: headers() })
}

function headers(): Record<string, string> {
  return { authorization: `Bearer ${topology.key}` }
}

async function ask(client: TestClient, text: string): Promise<void> {
  client.send(userText(text))
  client.send({ type: 'response.create', response: { output_modalities: ['text'] } })
  expect(await client.next('response.done')).toMatchObject({ response: { status: 'completed' } })
}

async function stored(url: string, conversation: string): Promise<{ items: unknown[] }> {
  const response = await fetch(`${url}/v1/conversations/${conversation}`, { headers: headers() })
  // The gateway's own document.
  return (await response.json()) as { items: unknown[] }
}

async function activeSessions(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`, { headers: headers() })).text()
  const counts = [...text.matchAll(/^parley_sessions_active\{[^}]*\} (\d+)$/gm)]
  return counts.reduce((sum, [, count]) => sum + Number(count), 0)
}

// The gateways, their settings and the balancer are those of deploy/; .ci/run installs HAProxy.
describe.skipIf(haproxy === undefined)('a gateway that drains behind the load balancer', () => {
  beforeAll(async () => {
    topology = await startComposeTopology()
    return () => topology[Symbol.asyncDispose]()
  }, 120_000)

  it('gets no new call, refuses none, and gives its last answer to the end', async () => {
    const late = await call('conv_late')
    const answer = ask(late, 'Please count to 1000.')
    await late.next('response.output_text.delta')
    const counts = await Promise.all(topology.gateways.map(({ url }) => activeSessions(url)))
    const leaving = topology.gateways[counts.indexOf(1)]
    const staying = topology.gateways[counts.indexOf(0)]
    expect(await topology.inService()).toBe(2)

    leaving?.process.child.kill('SIGTERM')
    await leaving?.process.logged('draining')
    // The balancer does not know yet.
    const clients = await Promise.all(['conv_new_1', 'conv_new_2', 'conv_new_3', 'conv_new_4'].map(call))
    expect((await fetch(`${leaving?.url}/readyz`)).status).toBe(503)
    await expect.poll(() => topology.inService(), { timeout: 5000 }).toBe(1)
    expect(leaving?.process.child.exitCode).toBeNull()
    expect((await fetch(`${topology.url}/readyz`)).status).toBe(200)
    expect(await activeSessions(staying?.url ?? '')).toBe(4)

    await answer
    expect(await late.closed).toMatchObject({ code: 1012 })
    expect(await leaving?.process.exited).toBe(0)
    for (const client of clients) client.socket.close()
    await Promise.all(clients.map(({ closed }) => closed))
  })
})

describe.skipIf(haproxy === undefined)('two gateways behind the load balancer', () => {
  beforeAll(async () => {
    topology = await startComposeTopology()
    return () => topology[Symbol.asyncDispose]()
  }, 120_000)

  it('share the calls and the conversations', async () => {
    const names = Array.from({ length: 6 }, (_, index) => `conv_shared_${index}`)
    const clients = await Promise.all(names.map(call))
    try {
      await Promise.all(clients.map((client) => client.next('session.created')))
      await Promise.all(clients.map((client) => ask(client, 'Good morning.')))

      const active = await Promise.all(topology.gateways.map(({ url }) => activeSessions(url)))
      expect(active).toEqual([3, 3])
      for (const { url } of topology.gateways) {
        for (const name of names) expect((await stored(url, name)).items).toHaveLength(2)
      }
    } finally {
      for (const client of clients) client.socket.close()
      await Promise.all(clients.map(({ closed }) => closed))
    }
  })

  it('are asked for sessions by their usual addresses only', async () => {
    for (const path of ['/internal', '/internal/relay', '//internal/relay']) {
      expect([path, (await fetch(`${topology.url}${path}`)).status]).toEqual([path, 404])
    }
    expect((await fetch(`${topology.url}/v1/models`)).status).toBe(401)
    expect((await fetch(`${topology.url}/openai/v1/models`, { headers: headers() })).status).toBe(200)
  })

  it('hand calls over when one of them is taken away', async () => {
    const names = Array.from({ length: 4 }, (_, index) => `conv_kept_${index}`)
    const calls = names.map(resumingCall)
    await Promise.all(calls.map((one) => one.answer('My name is Ada.')))
    const [leaving, staying] = topology.gateways
    expect(await activeSessions(leaving?.url ?? '')).toBe(2)

    leaving?.process.child.kill('SIGTERM')
    expect(await leaving?.process.exited).toBe(0)
    await Promise.all(calls.map((one) => one.answer('What is my name?')))

    expect(await activeSessions(staying?.url ?? '')).toBe(4)
    for (const name of names) expect((await stored(topology.url, name)).items).toHaveLength(4)
    await Promise.all(calls.map(({ connection }) => connection.close()))
  })

  /** A caller with the client of ours, which comes back by itself. */
  function resumingCall(conversation: string): {
    readonly connection: ParleyConnection
    answer(text: string): Promise<void>
  } {
    const query = { conversation, model: 'gpt-realtime' }
    const connection = connectCaller({ url: `${topology.url}/v1/realtime`, query, key: topology.key })
    const events = connection[Symbol.asyncIterator]()
    return {
      connection,
      async answer(text) {
        connection.send({
          type: 'conversation.item.create',
          item: { type: 'message', role: 'user', content: [{ type: 'input_text', text }] },
        })
        connection.send({ type: 'response.create', response: { output_modalities: ['text'] } })
        for (
          let next = await events.next();
          next.value?.type !== 'response.done';
          next = await events.next()
        ) {
          if (next.done === true) throw new Error(`The call ended: ${JSON.stringify(connection.state)}`)
        }
      },
    }
  }
})
