import { RealtimeError } from '@parley/core'
import type { SessionPorts, SessionSummary } from '@parley/core/session'
import { memoryStore } from '@parley/core/storage'
import { describe, expect, it, vi } from 'vitest'
import { startGateway } from '../testing/gateway-under-test.ts'
import { scriptedProvider } from '../testing/scripted-provider.ts'
import { connect, userText } from '../testing/test-client.ts'
import type { TestClient } from '../testing/test-client.ts'

/** Says something and gives the answer's text. */
async function ask(client: TestClient, text: string): Promise<string> {
  client.send(userText(text))
  client.send({ type: 'response.create' })
  return JSON.stringify((await client.next('response.done'))['response'])
}

describe('a realtime session', () => {
  it.each([
    '/v1/realtime',
    '/realtime',
    '/openai/v1/realtime',
    '//v1//realtime',
    '/v1/realtime?model=scripted',
    '/v1/realtime?backend=scripted&model=anything',
  ])('opens at %s', async (path) => {
    await using gateway = await startGateway()
    using client = await connect(gateway.url + path)
    expect(await client.next('session.created')).toMatchObject({ session: { id: expect.any(String) } })
    expect(await ask(client, 'hello')).toContain('hello')
  })

  it('serves a client that asks for the model of its vendor', async () => {
    await using gateway = await startGateway()
    using client = await connect(`${gateway.url}/v1/realtime?model=gpt-realtime`)
    await client.next('session.created')
  })

  it('hands the model behind the slash to the backend', async () => {
    const asked: unknown[] = []
    const backend = scriptedProvider({ name: 'scripted', onConnect: (model) => asked.push(model) })
    await using gateway = await startGateway({ backends: new Map([['scripted', backend]]) })
    using client = await connect(`${gateway.url}/v1/realtime?model=scripted/llama3.2:3b`)
    await client.next('session.created')
    expect(asked).toEqual(['llama3.2:3b'])
  })

  it('answers a model nobody has with 404 and the names there are', async () => {
    await using gateway = await startGateway()
    await expect(connect(`${gateway.url}/v1/realtime?model=other/thing`)).rejects.toMatchObject({
      status: 404,
      body: {
        error: { code: 'model_not_found', param: 'model', message: expect.stringContaining('scripted') },
      },
    })
  })

  it('answers a bad conversation id with 400 that names it', async () => {
    await using gateway = await startGateway()
    await expect(connect(`${gateway.url}/v1/realtime?conversation=../x`)).rejects.toMatchObject({
      status: 400,
      body: { error: { code: 'invalid_value', type: 'invalid_request_error', param: 'conversation' } },
    })
  })

  it.each([
    ['call_id=rtc_1', 'unsupported'],
    ['intent=chat', 'invalid_value'],
    ['dialect=gemini-live', 'invalid_value'],
    ['conversation=conv_a&conversation=conv_b', 'invalid_value'],
    ['converstaion=conv_a', 'unknown_parameter'],
  ])('refuses ?%s rather than ignoring it', async (query, code) => {
    await using gateway = await startGateway()
    await expect(connect(`${gateway.url}/v1/realtime?${query}`)).rejects.toMatchObject({
      status: 400,
      body: { error: { code, param: query.split('=')[0] } },
    })
  })

  it('tells the backend what the session is for', async () => {
    const asked: unknown[] = []
    const runSession = vi.fn(async ({ intent, client }: SessionPorts): Promise<SessionSummary> => {
      asked.push(intent)
      await client.close()
      return { conversationId: '', turns: 0, durationMs: 0, close: { code: 1000, reason: '' } }
    })
    await using gateway = await startGateway({ runSession })
    for (const query of ['', '?intent=conversation', '?intent=transcription']) {
      using client = await connect(`${gateway.url}/v1/realtime${query}`)
      await client.closed
    }
    expect(asked).toEqual(['conversation', 'conversation', 'transcription'])
  })

  it('says that it does not do WebRTC', async () => {
    await using gateway = await startGateway()
    const response = await fetch(`${gateway.url}/v1/realtime/calls`, { method: 'POST', body: 'v=0' })
    expect(response.status).toBe(501)
    expect(await response.json()).toMatchObject({ error: { code: 'unsupported' } })
  })

  it('tells a client why its backend could not be reached', async () => {
    const backend = scriptedProvider({
      name: 'scripted',
      onConnect: () => {
        throw new RealtimeError('backend_unavailable', 'Nobody home.')
      },
    })
    await using gateway = await startGateway({ backends: new Map([['scripted', backend]]) })
    using client = await connect(`${gateway.url}/v1/realtime`)
    expect(await client.next('error')).toMatchObject({ error: { code: 'backend_unavailable' } })
    expect(await client.closed).toMatchObject({ code: 1011 })
  })

  it('continues a conversation that was left', async () => {
    await using gateway = await startGateway()
    const url = `${gateway.url}/v1/realtime?conversation=conv_a`
    using first = await connect(url)
    await ask(first, 'I like tea')
    first.socket.close()
    await first.closed
    using second = await connect(url)
    expect(await ask(second, 'What do I like?')).toContain('I like tea')
  })

  it('hands a conversation over to a newer connection, which knows all of it', async () => {
    await using gateway = await startGateway()
    const url = `${gateway.url}/v1/realtime?conversation=conv_a`
    using older = await connect(url)
    await ask(older, 'first words')
    using newer = await connect(url)
    expect(await older.next('error')).toMatchObject({ error: { code: 'conversation_in_use' } })
    expect(await older.closed).toMatchObject({ code: 1008 })
    expect(await ask(newer, 'more')).toContain('first words')
  })

  it('refuses more sessions than allowed, but not one that takes its own place', async () => {
    await using gateway = await startGateway({ config: { maxSessions: 1 } })
    using first = await connect(`${gateway.url}/v1/realtime?conversation=conv_a`)
    await first.next('session.created')
    await expect(connect(`${gateway.url}/v1/realtime`)).rejects.toMatchObject({
      status: 429,
      body: { error: { code: 'rate_limit_exceeded' } },
    })
    using again = await connect(`${gateway.url}/v1/realtime?conversation=conv_a`)
    await again.next('session.created')
  })

  it('ends a session when its conversation is deleted', async () => {
    const store = memoryStore()
    await using gateway = await startGateway({ store })
    using client = await connect(`${gateway.url}/v1/realtime?conversation=conv_a`)
    await ask(client, 'forget me')
    const response = await fetch(`${gateway.url}/v1/conversations/conv_a`, { method: 'DELETE' })
    expect(response.status).toBe(204)
    expect(await client.next('error')).toMatchObject({ error: { code: 'not_found' } })
    await client.closed
    expect(await store.load('conv_a')).toBeUndefined()
  })

  it('lets every session leave when the gateway shuts down, with close code 1012', async () => {
    await using gateway = await startGateway()
    const clients = await Promise.all([1, 2, 3].map(() => connect(`${gateway.url}/v1/realtime`)))
    await Promise.all(clients.map((client) => client.next('session.created')))
    await gateway.gateway.drain()
    for (const client of clients) {
      expect(await client.closed).toEqual({ code: 1012, reason: 'restart' })
    }
    await expect(connect(`${gateway.url}/v1/realtime`)).rejects.toMatchObject({ status: 503 })
  })
})
