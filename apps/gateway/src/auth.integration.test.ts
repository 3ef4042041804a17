import { describe, expect, it } from 'vitest'
import { startGateway } from './testing/gateway-under-test.ts'
import { connect } from './testing/test-client.ts'

const keyed = { config: { keys: ['k1', 'k2'] } }

describe('a gateway with keys', () => {
  it.each([
    ['a bearer header', '', [], { authorization: 'Bearer k1' }],
    ['an api-key header', '', [], { 'api-key': 'k2' }],
    ['an api-key in the query', '?api-key=k1', [], {}],
    ['an access token in the query', '?access_token=k1', [], {}],
    ['a subprotocol', '', ['realtime', 'openai-insecure-api-key.k1'], {}],
  ])('opens a socket for %s', async (_where, query, protocols, headers) => {
    await using gateway = await startGateway(keyed)
    using client = await connect(`${gateway.url}/v1/realtime${query}`, protocols, {
      headers: headers as Record<string, string>,
    })
    await client.next('session.created')
    expect(client.socket.protocol).toBe(protocols.length === 0 ? '' : 'realtime')
  })

  it.each([
    ['no key', {}],
    ['a wrong key', { authorization: 'Bearer nope' }],
  ])('answers %s with 401 in the shape of OpenAI, before the upgrade', async (_what, headers) => {
    await using gateway = await startGateway(keyed)
    const refusal = {
      error: {
        type: 'authentication_error',
        code: 'invalid_api_key',
        message: expect.any(String),
        param: null,
      },
    }
    await expect(
      connect(`${gateway.url}/v1/realtime`, [], { headers: headers as Record<string, string> }),
    ).rejects.toMatchObject({
      status: 401,
      body: refusal,
    })
    const response = await fetch(`${gateway.url}/v1/conversations`, {
      headers: headers as Record<string, string>,
    })
    expect(response.status).toBe(401)
    expect(await response.json()).toEqual(refusal)
  })

  it('tells the world about its health without a key', async () => {
    await using gateway = await startGateway(keyed)
    expect((await fetch(`${gateway.url}/healthz`)).status).toBe(200)
    expect((await fetch(`${gateway.url}/readyz`)).status).toBe(200)
  })

  it('never logs a key or an address with its query', async () => {
    await using gateway = await startGateway(keyed)
    await fetch(`${gateway.url}/v1/models?api-key=k1&secret=hush`)
    using client = await connect(`${gateway.url}/v1/realtime?api-key=k1&secret=hush`)
    await client.next('session.created')
    const text = JSON.stringify(gateway.logged)
    expect(text).toContain('request answered')
    expect(text).not.toMatch(/hush|k1/)
  })
})

describe('subprotocols', () => {
  it('selects none when realtime is not offered', async () => {
    await using gateway = await startGateway()
    // The ws client refuses an answer without a protocol; what matters is that the server selected none.
    await expect(connect(`${gateway.url}/v1/realtime`, ['chat'])).rejects.toThrow(
      'Server sent no subprotocol',
    )
  })

  it('refuses an offer that is not a list of different tokens', async () => {
    await using gateway = await startGateway()
    const headers = { 'sec-websocket-protocol': 'realtime, realtime' }
    await expect(connect(`${gateway.url}/v1/realtime`, [], { headers })).rejects.toMatchObject({
      status: 400,
    })
  })
})

describe('browsers', () => {
  const evil = { origin: 'https://evil.example' }

  it('are kept out from other sites, over both protocols', async () => {
    await using gateway = await startGateway()
    const response = await fetch(`${gateway.url}/v1/conversations`, { headers: evil })
    expect(response.status).toBe(403)
    expect(await response.json()).toMatchObject({ error: { code: 'origin_not_allowed', param: 'origin' } })
    await expect(connect(`${gateway.url}/v1/realtime`, [], { headers: evil })).rejects.toMatchObject({
      status: 403,
    })
  })

  it('are let in from this machine and listed origins, and may read the answer', async () => {
    await using gateway = await startGateway({ config: { allowedOrigins: ['https://app.example'] } })
    for (const origin of ['http://localhost:3000', 'https://app.example']) {
      const response = await fetch(`${gateway.url}/v1/backends`, { headers: { origin } })
      expect(response.status).toBe(200)
      expect(response.headers.get('access-control-allow-origin')).toBe(origin)
      using client = await connect(`${gateway.url}/v1/realtime`, [], { headers: { origin } })
      await client.next('session.created')
    }
  })

  it('get their preflight answered without a key, and may read refusals', async () => {
    await using gateway = await startGateway(keyed)
    const preflight = await fetch(`${gateway.url}/v1/conversations/conv_a`, {
      method: 'OPTIONS',
      headers: {
        origin: 'http://localhost:3000',
        'access-control-request-method': 'DELETE',
        'access-control-request-headers': 'authorization',
      },
    })
    expect(preflight.status).toBe(204)
    expect(preflight.headers.get('access-control-allow-methods')).toContain('DELETE')
    expect(preflight.headers.get('access-control-allow-headers')).toContain('authorization')
    const refused = await fetch(`${gateway.url}/v1/models`, { headers: { origin: 'http://localhost:3000' } })
    expect(refused.status).toBe(401)
    expect(refused.headers.get('access-control-allow-origin')).toBe('http://localhost:3000')
  })

  it('cannot reach an open gateway under a name that was rebound to this machine', async () => {
    await using gateway = await startGateway()
    const headers = { host: `evil.example:${gateway.port}` }
    await expect(connect(`${gateway.url}/v1/realtime`, [], { headers })).rejects.toMatchObject({
      status: 403,
      body: { error: { code: 'origin_not_allowed', param: 'host' } },
    })
  })
})

describe('client secrets', () => {
  async function mint(url: string, body: object | string = {}) {
    const response = await fetch(`${url}/v1/realtime/client_secrets`, {
      method: 'POST',
      headers: { authorization: 'Bearer k1', 'content-type': 'application/json' },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })
    return { status: response.status, body: (await response.json()) as Record<string, unknown> }
  }

  it('open a socket and apply their session before the first event of the client', async () => {
    await using gateway = await startGateway(keyed)
    const { status, body } = await mint(gateway.url, {
      session: { type: 'realtime', model: 'scripted', instructions: 'Speak like a pirate.' },
    })
    expect(status).toBe(200)
    expect(body['value']).toMatch(/^ek_/)
    expect(body['session']).toMatchObject({ type: 'realtime', instructions: 'Speak like a pirate.' })
    using client = await connect(`${gateway.url}/v1/realtime`, [
      'realtime',
      `openai-insecure-api-key.${String(body['value'])}`,
    ])
    client.send(userText())
    expect(await client.next('session.updated')).toMatchObject({
      session: { instructions: 'Speak like a pirate.' },
    })
    await client.next('conversation.item.done')
    const types = client.events.map(({ type }) => type)
    expect(types.indexOf('session.updated')).toBeLessThan(types.indexOf('conversation.item.added'))
  })

  function userText(): object {
    const item = { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'hello' }] }
    return { type: 'conversation.item.create', item }
  }

  it('live as long as was asked for', async () => {
    let now = 1_000_000
    await using gateway = await startGateway({ ...keyed, now: () => now })
    const { body } = await mint(gateway.url, { expires_after: { anchor: 'created_at', seconds: 10 } })
    expect(body['expires_at']).toBe(1010)
    const headers = { authorization: `Bearer ${String(body['value'])}` }
    using client = await connect(`${gateway.url}/v1/realtime`, [], { headers })
    await client.next('session.created')
    now += 10_000
    await expect(connect(`${gateway.url}/v1/realtime`, [], { headers })).rejects.toMatchObject({
      status: 401,
    })
  })

  it('open nothing but sessions', async () => {
    await using gateway = await startGateway(keyed)
    const { body } = await mint(gateway.url)
    const headers = { authorization: `Bearer ${String(body['value'])}` }
    expect((await fetch(`${gateway.url}/v1/conversations`, { headers })).status).toBe(401)
    expect(
      (await fetch(`${gateway.url}/v1/realtime/client_secrets`, { method: 'POST', headers })).status,
    ).toBe(401)
  })

  it('open a session that writes speech down when they were minted for one', async () => {
    const asked: unknown[] = []
    await using gateway = await startGateway({
      ...keyed,
      async runSession({ intent, client }) {
        asked.push(intent)
        await client.close()
        return { conversationId: '', turns: 0, durationMs: 0, close: { code: 1000, reason: '' } }
      },
    })
    const { body } = await mint(gateway.url, { session: { type: 'transcription' } })
    expect(body['session']).toMatchObject({ type: 'transcription' })
    const protocols = ['realtime', `openai-insecure-api-key.${String(body['value'])}`]
    for (const query of ['', '?intent=conversation']) {
      using client = await connect(`${gateway.url}/v1/realtime${query}`, protocols)
      await client.closed
    }
    expect(asked).toEqual(['transcription', 'conversation'])
  })

  it.each([
    ['no JSON', '{', 'body'],
    ['a lifetime that is too short', { expires_after: { seconds: 9 } }, 'expires_after.seconds'],
    ['a lifetime that is too long', { expires_after: { seconds: 7201 } }, 'expires_after.seconds'],
    ['a bad session field', { session: { audio: { output: { speed: 9 } } } }, 'session.audio.output.speed'],
  ])('are refused for %s, by the name of the field', async (_what, body, param) => {
    await using gateway = await startGateway(keyed)
    expect(await mint(gateway.url, body)).toMatchObject({ status: 400, body: { error: { param } } })
  })
})
