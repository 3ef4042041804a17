import { beforeAll, describe, expect, it } from 'vitest'
import { haproxy, startComposeTopology } from './testing/compose-topology.ts'
import type { ComposeTopology } from './testing/compose-topology.ts'
import { connect, userText } from './testing/test-client.ts'
import type { TestClient } from './testing/test-client.ts'

// The gateways, their settings and the balancer are those of deploy/; .ci/run installs HAProxy.
describe.skipIf(haproxy === undefined)('two gateways behind the load balancer', () => {
  let topology: ComposeTopology
  beforeAll(async () => {
    topology = await startComposeTopology()
    return () => topology[Symbol.asyncDispose]()
  }, 120_000)

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

  it('go on when one of them is taken away', async () => {
    using before = await call('conv_kept')
    await before.next('session.created')
    await ask(before, 'My name is Ada.')
    before.socket.close()
    await before.closed
    const [leaving] = topology.gateways

    leaving?.process.child.kill('SIGTERM')
    await leaving?.process.exited

    using after = await call('conv_kept')
    await after.next('session.created')
    await ask(after, 'What is my name?')
    expect((await stored(topology.url, 'conv_kept')).items).toHaveLength(4)
  })
})
