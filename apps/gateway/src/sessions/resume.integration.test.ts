import type { ServerEvent } from '@parley/core'
import type { SessionPorts, SessionSummary } from '@parley/core/session'
import { describe, expect, it } from 'vitest'
import { createClientSecrets } from '../secrets.ts'
import { startGateway } from '../testing/gateway-under-test.ts'
import { scriptedProvider } from '../testing/scripted-provider.ts'
import { connect, userText } from '../testing/test-client.ts'
import type { TestClient } from '../testing/test-client.ts'

/** Opens a resumable session and gives its token. */
async function begin(url: string, query = ''): Promise<{ client: TestClient; token: string }> {
  const client = await connect(`${url}/v1/realtime?resume=new${query}`)
  const { token, grace_ms } = await client.next('parley.session.resumable')
  expect(token).toMatch(/^rt_[\w-]{43}$/)
  expect(grace_ms).toBeTypeOf('number')
  await client.next('session.created')
  return { client, token: String(token) }
}

/** Server events that count. */
function numbered({ events }: TestClient): readonly { readonly type: string }[] {
  return events.filter(({ type }) => !/^parley\.session\.(resum|progress|leaving)/.test(type))
}

async function ask(client: TestClient, text: string): Promise<string> {
  client.send(userText(text))
  client.send({ type: 'response.create' })
  return JSON.stringify((await client.next('response.done'))['response'])
}

const back = (url: string, token: string, after: number): Promise<TestClient> =>
  connect(`${url}/v1/realtime?resume=${token}&after=${after}`)

describe('a client that comes back', () => {
  it('gets what it missed, in order and once, and goes on', async () => {
    await using gateway = await startGateway()
    const { client, token } = await begin(gateway.url)
    await ask(client, 'hello')
    client.socket.terminate()
    await client.closed
    const had = numbered(client).length
    const lacking = 4
    using again = await back(gateway.url, token, had - lacking)
    expect(await again.next('parley.session.resumed')).toMatchObject({
      token,
      next: had - lacking + 1,
      received: 2,
    })
    expect(await ask(again, 'more')).toContain('hello')
    expect(JSON.stringify(await again.next('response.done'))).toContain('hello | more')
    expect(numbered(again).slice(0, lacking)).toEqual(numbered(client).slice(-lacking))
    expect(again.events.map(({ type }) => type)).not.toContain('session.created')
  })

  it('is not missed by its backend, which goes on in the meantime', async () => {
    const said = Promise.withResolvers<(event: ServerEvent) => void>()
    const backend = scriptedProvider({ name: 'scripted', onText: (_text, send) => said.resolve(send) })
    await using gateway = await startGateway({ backends: new Map([['scripted', backend]]) })
    const { client, token } = await begin(gateway.url)
    client.send(userText('hello'))
    const send = await said.promise
    await client.next('conversation.item.done')
    client.socket.terminate()
    await client.closed
    for (const remaining of [1, 2, 3]) send(rateLimits(remaining))
    using again = await back(gateway.url, token, numbered(client).length)
    for (const remaining of [1, 2, 3]) {
      expect(await again.next('rate_limits.updated')).toMatchObject({ rate_limits: [{ remaining }] })
    }
  })

  it('replaces its older socket', async () => {
    await using gateway = await startGateway()
    const { client, token } = await begin(gateway.url)
    using again = await back(gateway.url, token, numbered(client).length)
    expect(await client.closed).toEqual({ code: 1008, reason: 'replaced' })
    expect(await ask(again, 'hello')).toContain('hello')
  })

  it.each(['openai-beta', 'voice-live'])('comes back in the dialect %s', async (dialect) => {
    await using gateway = await startGateway()
    const { client, token } = await begin(gateway.url, `&dialect=${dialect}`)
    client.socket.terminate()
    await client.closed
    const again = await back(gateway.url, `${token}&dialect=${dialect}`, numbered(client).length)
    await again.next('parley.session.resumed')
    again.socket.terminate()
    await expect(back(gateway.url, token, 0)).rejects.toMatchObject({
      status: 400,
      body: { error: { param: 'dialect' } },
    })
  })

  it('is told how far it may forget what it sent', async () => {
    const runSession = async ({ client, onProgress }: SessionPorts): Promise<SessionSummary> => {
      const snapshot = { session: undefined, backend: 'scripted', model: undefined }
      let taken = 0
      for await (const _event of client) onProgress?.({ taken: (taken += 1), durable: taken, snapshot })
      return { conversationId: '', turns: 0, durationMs: 0, close: { code: 1000, reason: '' } }
    }
    await using gateway = await startGateway({ runSession })
    using client = await connect(`${gateway.url}/v1/realtime?resume=new`)
    await client.next('parley.session.resumable')
    client.send('no event')
    for (let sent = 0; sent < 3; sent += 1) client.send({ type: 'input_audio_buffer.clear' })
    const reached = async (): Promise<unknown> => (await client.next('parley.session.progress'))['received']
    while ((await reached()) !== 4);
    client.socket.close(1000)
  })
})

const rateLimits = (remaining: number): ServerEvent => ({
  type: 'rate_limits.updated',
  event_id: `event_limits_${remaining}`,
  rate_limits: [{ name: 'requests', limit: 10, remaining, reset_seconds: 1 }],
})

describe('a token', () => {
  it('opens nothing to another key', async () => {
    await using gateway = await startGateway({ config: { keys: ['one', 'two'] } })
    const using = (key: string) => ({ headers: { authorization: `Bearer ${key}` } })
    const client = await connect(`${gateway.url}/v1/realtime?resume=new`, [], using('one'))
    const { token } = await client.next('parley.session.resumable')
    const url = `${gateway.url}/v1/realtime?resume=${String(token)}&after=0`
    await expect(connect(url, [], using('two'))).rejects.toMatchObject({
      status: 404,
      body: { error: { code: 'not_found', param: 'resume' } },
    })
    await expect(connect(url)).rejects.toMatchObject({ status: 401 })
    using again = await connect(url, [], using('one'))
    await again.next('parley.session.resumed')
  })

  it('is good with the client secret that opened its session, also when that has expired', async () => {
    let now = 0
    const secrets = createClientSecrets(() => now)
    await using gateway = await startGateway({ secrets, config: { keys: ['one'] } })
    const grants = { model: undefined, intent: 'conversation', firstEvent: undefined } as const
    const [own, other] = await Promise.all([secrets.mint(10, grants), secrets.mint(10, grants)])
    const using = ({ value }: { readonly value: string }) => ({
      headers: { authorization: `Bearer ${value}` },
    })
    const client = await connect(`${gateway.url}/v1/realtime?resume=new`, [], using(own))
    const { token } = await client.next('parley.session.resumable')
    now += 11_000
    const url = `${gateway.url}/v1/realtime?resume=${String(token)}&after=0`
    await expect(connect(url, [], using(other))).rejects.toMatchObject({ status: 404 })
    await expect(connect(`${gateway.url}/v1/realtime`, [], using(own))).rejects.toMatchObject({ status: 401 })
    await expect(connect(`${gateway.url}/v1/realtime?resume=new`, [], using(own))).rejects.toMatchObject({
      status: 401,
    })
    using again = await connect(url, [], using(own))
    await again.next('parley.session.resumed')
  })

  it('that nobody has is answered with 404', async () => {
    await using gateway = await startGateway()
    await expect(back(gateway.url, `rt_${'x'.repeat(43)}`, 0)).rejects.toMatchObject({
      status: 404,
      body: { error: { code: 'not_found', param: 'resume' } },
    })
  })

  it('leads nowhere when the grace time is over, and the conversation can be continued', async () => {
    await using gateway = await startGateway({ config: { resumeGraceMs: 50 } })
    const { client, token } = await begin(gateway.url, '&conversation=conv_a')
    await ask(client, 'I like tea')
    client.socket.terminate()
    await gateway.whenLogged('session ended')
    await expect(back(gateway.url, token, 0)).rejects.toMatchObject({ status: 404 })
    using plain = await connect(`${gateway.url}/v1/realtime?conversation=conv_a`)
    expect(await ask(plain, 'What do I like?')).toContain('I like tea')
  })

  it('leads nowhere when the client has said good-bye', async () => {
    await using gateway = await startGateway()
    const { client, token } = await begin(gateway.url)
    client.socket.close(1000)
    await gateway.whenLogged('session ended')
    await expect(back(gateway.url, token, 0)).rejects.toMatchObject({ status: 404 })
  })

  it('leads nowhere when another connection has taken the conversation over', async () => {
    await using gateway = await startGateway()
    const { client, token } = await begin(gateway.url, '&conversation=conv_a')
    client.socket.terminate()
    using plain = await connect(`${gateway.url}/v1/realtime?conversation=conv_a`)
    await plain.next('session.created')
    await expect(back(gateway.url, token, 0)).rejects.toMatchObject({ status: 404 })
  })

  it('is not in the log', async () => {
    await using gateway = await startGateway()
    const { client, token } = await begin(gateway.url)
    client.socket.terminate()
    const again = await back(gateway.url, token, 0)
    again.socket.close(1000)
    await gateway.whenLogged('session ended')
    expect(JSON.stringify(gateway.logged)).not.toContain(token)
  })
})

describe('the metrics', () => {
  const scrape = async (url: string): Promise<string> => (await fetch(`${url}/metrics`)).text()

  it('count clients that are away, and how those fare that come back', async () => {
    await using gateway = await startGateway()
    const { client, token } = await begin(gateway.url)
    const unknown = `rt_${'x'.repeat(43)}`
    await expect(back(gateway.url, unknown, 0)).rejects.toMatchObject({ status: 404 })
    expect(await scrape(gateway.url)).toContain('parley_sessions_detached 0\n')
    client.socket.terminate()
    await expect.poll(() => scrape(gateway.url)).toContain('parley_sessions_detached 1\n')
    const again = await back(gateway.url, token, 0)
    await again.next('parley.session.resumed')
    const text = await scrape(gateway.url)
    expect(text).toContain('parley_sessions_detached 0\n')
    expect(text).toContain('parley_resumptions_total{how="here"} 1\n')
    expect(text).toContain('parley_resumptions_total{how="unknown"} 1\n')
    again.socket.terminate()
  })

  it('count nobody as away whose session is over', async () => {
    await using gateway = await startGateway({ config: { resumeGraceMs: 20 } })
    const { client } = await begin(gateway.url)
    client.socket.terminate()
    await gateway.whenLogged('session ended')
    await expect.poll(() => scrape(gateway.url)).toContain('parley_sessions_detached 0\n')
  })
})

describe('a request to come back', () => {
  const token = `rt_${'x'.repeat(43)}`

  it.each([
    [`resume=${token}`, 'missing_required_parameter', 'after'],
    [`resume=${token}&after=x`, 'invalid_value', 'after'],
    [`resume=${token}&after=-1`, 'invalid_value', 'after'],
    ['resume=', 'invalid_value', 'resume'],
    ['resume=NEW', 'invalid_value', 'resume'],
    ['resume=conv_1&after=0', 'invalid_value', 'resume'],
    ['resume=new&after=0', 'invalid_value', 'after'],
    ['after=0', 'invalid_value', 'after'],
    [`resume=${token}&after=0&conversation=conv_a`, 'invalid_value', 'conversation'],
    [`resume=${token}&after=0&backend=scripted`, 'invalid_value', 'backend'],
    [`resume=${token}&after=0&model=scripted`, 'invalid_value', 'model'],
  ])('with ?%s is refused with %s', async (query, code, param) => {
    await using gateway = await startGateway()
    await expect(connect(`${gateway.url}/v1/realtime?${query}`)).rejects.toMatchObject({
      status: 400,
      body: { error: { code, param } },
    })
  })

  it('for more than was sent is refused', async () => {
    await using gateway = await startGateway()
    const { token: own, client } = await begin(gateway.url)
    await expect(back(gateway.url, own, 1000)).rejects.toMatchObject({
      status: 400,
      body: { error: { code: 'invalid_value', param: 'after' } },
    })
    client.socket.terminate()
  })

  it('that asks for no WebSocket changes nothing, and says whether the token is known', async () => {
    await using gateway = await startGateway()
    const { client, token: own } = await begin(gateway.url)
    const answer = await fetch(`${gateway.url}/v1/realtime?resume=${own}&after=0`)
    expect(answer.status).toBe(426)
    expect(await ask(client, 'still here')).toContain('still here')
    client.socket.terminate()
  })
})
